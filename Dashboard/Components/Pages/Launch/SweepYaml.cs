using System.Text.Json;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>An error in a YAML text.</summary>
/// <param name="Line">From 1; null if the error has no line, such as for a missing key.</param>
public sealed record YamlProblem(int? Line, string Path, string Message);

/// <summary>A parsed YAML text.</summary>
/// <param name="Draft">Null when there are problems.</param>
public sealed record YamlReading(SweepDraft? Draft, IReadOnlyList<YamlProblem> Problems);

/// <summary>A draft as a sweep file, and back.</summary>
public static class SweepYaml
{
    public static string Write(SweepDraft draft) => YamlJson.FromJson(draft.ToJson());

    public static YamlReading Read(string yaml)
    {
        try
        {
            using JsonDocument json = YamlJson.ToJson(yaml);
            return SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
                ? new YamlReading(SweepDraft.From(spec), [])
                : new YamlReading(null, Locate(yaml, errors));
        }
        catch (YamlSyntaxException problem)
        {
            return new YamlReading(null, [new YamlProblem(problem.Line, "", problem.Problem)]);
        }
    }

    /// <summary>The draft, complete or not, if <see cref="Write"/> wrote the text; null for text that the user wrote.</summary>
    public static SweepDraft? Recall(string yaml)
    {
        try
        {
            using JsonDocument json = YamlJson.ToJson(yaml);
            SweepDraft? draft = SweepSpecReader.ReadIncomplete(json.RootElement) is { } spec ? SweepDraft.From(spec) : null;
            return draft is not null && Write(draft) == yaml ? draft : null;
        }
        catch (YamlSyntaxException)
        {
            return null;
        }
    }

    private static IReadOnlyList<YamlProblem> Locate(string yaml, IReadOnlyDictionary<string, string[]> errors)
    {
        IReadOnlyDictionary<string, int> lines = YamlPositions.Find(yaml);
        return
        [
            .. errors
                .SelectMany(error => error.Value.Select(message => new YamlProblem(LineOf(error.Key, lines), error.Key, message)))
                .OrderBy(problem => problem.Line ?? 0),
        ];
    }

    /// <summary>The line of the value, or of its nearest parent in the text.</summary>
    private static int? LineOf(string path, IReadOnlyDictionary<string, int> lines)
    {
        for (string at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (lines.TryGetValue(at, out int line))
            {
                return line;
            }
        }

        return null;
    }
}
