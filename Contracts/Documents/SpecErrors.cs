using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Experiments.Contracts.Documents;

/// <summary>Everything wrong with a document, by the path of the value: <c>grid.learningRate[1]</c>; <c>$</c> is the document itself.</summary>
public sealed class SpecErrors
{
    /// <summary>The path of the document as a whole.</summary>
    public const string Root = "$";

    /// <summary>More paths are only counted: a list of 100,000 bad values helps no user.</summary>
    private const int MostPaths = 100;

    private readonly Dictionary<string, List<string>> _byPath = [];
    private int _leftOut;

    /// <summary>True once a problem has been added.</summary>
    public bool Any => _byPath.Count > 0;

    /// <summary>Reads a document, which counts as read only if nothing is wrong with it.</summary>
    /// <param name="read">Adds what is wrong; may return null then.</param>
    /// <param name="errors">The errors by path; empty on success.</param>
    internal static bool TryRead<T>(
        JsonElement json, Func<JsonElement, SpecErrors, T?> read, [NotNullWhen(true)] out T? value, out IReadOnlyDictionary<string, string[]> errors)
        where T : class
    {
        var problems = new SpecErrors();
        T? found = read(json, problems);
        errors = problems.ToDictionary();
        value = problems.Any ? null : found;
        return value is not null;
    }

    /// <summary>Adds a problem; beyond 100 paths, new paths are only counted.</summary>
    public void Add(string path, string problem)
    {
        if (_byPath.TryGetValue(path, out List<string>? problems))
        {
            problems.Add(problem);
        }
        else if (_byPath.Count < MostPaths)
        {
            _byPath.Add(path, [problem]);
        }
        else
        {
            _leftOut++;
        }
    }

    /// <summary>The problems by path, in the form of the <c>errors</c> of problem details.</summary>
    public IReadOnlyDictionary<string, string[]> ToDictionary()
    {
        var result = _byPath.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
        if (_leftOut > 0)
        {
            result[Root] = [.. result.GetValueOrDefault(Root, []), $"{_leftOut} more problems are not listed"];
        }

        return result;
    }
}
