using System.Diagnostics;

namespace Experiments.Architecture.Tests;

/// <summary>The skipped tests that test.sh allows.</summary>
public sealed class SkipListTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skips-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Passed", "A.B.Known", 0, "")]
    [InlineData("NotExecuted", "A.B.Known", 0, "skipped: A.B.Known: a reason")]
    [InlineData("NotExecuted", "A.B.Known(x: 1)", 0, "skipped: A.B.Known(x: 1): a reason")]
    [InlineData("NotExecuted", "A.C.Any", 0, "skipped: A.C.Any: another")]
    [InlineData("NotExecuted", "A.B.OfOtherMachines", 1, "A.B.OfOtherMachines: which is not in tests/skips.txt for this machine")]
    [InlineData("NotExecuted", "A.B.Unknown", 1, "A.B.Unknown: which is not in")]
    [InlineData("NotExecuted", "A.B.KnownToo", 1, "A.B.KnownToo: which is not in")]
    public async Task Skip_OfATest_PassesOnlyWhereTheMachineCallsForIt(string outcome, string test, int exitCode, string said)
    {
        const string List = """
            # a comment | true | not read
            A.B.Known | true | a reason
            A.B.OfOtherMachines | false | of other machines
            A.C.* | [ 1 = 1 ] | another
            """;
        Assert.Equal((exitCode, said), await RunAsync(List, outcome, test) is var (code, output) && said.Length > 0 && output.Contains(said, StringComparison.Ordinal) ? (code, said) : (code, output));
    }

    /// <summary>Otherwise the line of a renamed test would remain unnoticed.</summary>
    [Fact]
    public async Task List_OfTests_NamesOnesThatAreThere()
    {
        string sources = string.Join('\n', await Task.WhenAll(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(file => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))));
        foreach (string line in (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests/skips.txt"), TestContext.Current.CancellationToken)).Where(line => !line.StartsWith('#')))
        {
            string[] name = line.Split('|')[0].Trim().Split('.');
            Assert.Contains($"class {name[^2]}", sources, StringComparison.Ordinal);
            Assert.True(name[^1] == "*" || sources.Contains($" {name[^1]}(", StringComparison.Ordinal), line);
        }
    }

    private async Task<(int Code, string Output)> RunAsync(string list, string outcome, string test)
    {
        string results = Path.Combine(_folder.FullName, "a.trx");
        await File.WriteAllTextAsync(results, $"""<UnitTestResult executionId="1" testName="{test}" duration="0" outcome="{outcome}" testListId="2">""" + "\n", TestContext.Current.CancellationToken);
        string listFile = Path.Combine(_folder.FullName, "skips.txt");
        await File.WriteAllTextAsync(listFile, list, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "tests/skips.sh"), results]) { RedirectStandardOutput = true };
        start.Environment["SKIP_LIST"] = listFile;
        using Process script = Process.Start(start)!;
        string output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, output.Trim());
    }
}
