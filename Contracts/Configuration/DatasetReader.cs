using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>Reads a data set that is named outside of a sweep, with the errors that the same <c>dataset</c> block has in a sweep.</summary>
public static class DatasetReader
{
    /// <param name="path">The folder that holds the files; null for none.</param>
    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(
        string name, string? path, [NotNullWhen(true)] out DatasetSpec? dataset, out IReadOnlyDictionary<string, string[]> errors)
    {
        var block = new Dictionary<string, string> { ["name"] = name };
        if (path is not null)
        {
            block["path"] = path;
        }

        var problems = new SpecErrors();
        using JsonDocument json = JsonSerializer.SerializeToDocument(block);
        dataset = DatasetBlock.Read(json.RootElement, problems);
        errors = problems.ToDictionary();
        dataset = problems.Any || dataset is null ? null : DatasetPath.Normalize(dataset);
        return dataset is not null;
    }
}
