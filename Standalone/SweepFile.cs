using System.Text.Json;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.Standalone;

/// <summary>A sweep file that was read and validated, so that errors are reported before the services start.</summary>
internal sealed class SweepFile
{
    private const int LargestBytes = 1_000_000;
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, int> _lines;

    private SweepFile(string path, string text)
    {
        _path = path;
        _lines = YamlPositions.Find(text);
        using JsonDocument document = YamlJson.ToJson(text);
        Spec = SweepPaths.Resolve(document.RootElement, path).Clone();
    }

    public JsonElement Spec { get; }

    /// <summary>Null, with the problems, when the file is invalid.</summary>
    public static SweepFile? Read(string path, out IReadOnlyList<string> problems)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestBytes } file)
            {
                problems = [$"{path}: too large: {file.Length:N0} bytes; allowed: at most {LargestBytes:N0}"];
                return null;
            }

            var sweepFile = new SweepFile(path, File.ReadAllText(path));
            problems = sweepFile.Describe(sweepFile.Check());
            return problems.Count == 0 ? sweepFile : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or YamlSyntaxException)
        {
            problems = [$"{path}: {exception.Message}"];
            return null;
        }
    }

    /// <summary>A line per problem: <c>file:line: path: what is wrong</c>.</summary>
    public IReadOnlyList<string> Describe(IReadOnlyDictionary<string, string[]> errors) =>
        [.. errors.SelectMany(error => error.Value.Select(problem => Describe(error.Key, problem)))];

    /// <summary>A line per warning: <c>file:line: path: consequence (cells)</c>.</summary>
    /// <param name="total">How many cells the sweep has.</param>
    public IReadOnlyList<string> Describe(IReadOnlyList<SweepWarning> warnings, int total) =>
        [.. warnings.Select(warning => Describe(warning.Path, warning.CellCount == 0 ? warning.Message : $"{warning.Message} ({warning.DescribeCells(total)})"))];

    private string Describe(string key, string message) =>
        _lines.TryGetValue(key, out int line) ? $"{_path}:{line}: {key}: {message}" : $"{_path}: {key}: {message}";

    private IReadOnlyDictionary<string, string[]> Check() =>
        SweepSpecReader.TryRead(Spec, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
            ? SweepExpansion.Expand(spec).Errors
            : errors;
}
