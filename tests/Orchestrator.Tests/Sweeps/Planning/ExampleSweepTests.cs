using System.Runtime.CompilerServices;
using System.Text.Json;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.Orchestrator.Tests.Sweeps.Planning;

/// <summary>Every file in <c>sweeps/</c> is a sweep that can be launched once its data exists.</summary>
public class ExampleSweepTests
{
    private static readonly string Folder = PathOf();

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Expand_ExampleFile_GivesRuns(string file)
    {
        using JsonDocument json = YamlJson.ToJson(File.ReadAllText(Path.Combine(Folder, file)));

        bool read = SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors);
        Assert.True(read, Told(errors));
        GridExpansionResult result = SweepExpansion.Expand(spec!);
        Assert.True(result.Errors.Count == 0, Told(result.Errors));
        Assert.NotEmpty(result.Cells);
        Assert.DoesNotContain(SweepWarnings.Of(spec!, result), warning => warning.Message.Contains("no effect", StringComparison.Ordinal));
        Assert.Contains(Path.GetFileNameWithoutExtension(file), new[] { spec!.Name, spec.Name.Replace("digits-", "", StringComparison.Ordinal) });
    }

    private static string Told(IReadOnlyDictionary<string, string[]> errors) =>
        string.Join("; ", errors.Select(error => $"{error.Key}: {string.Join(", ", error.Value)}"));

    private static string PathOf([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "..", "sweeps"));
}
