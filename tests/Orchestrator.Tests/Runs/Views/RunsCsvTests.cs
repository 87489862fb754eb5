using System.Text;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Views;

namespace Experiments.Orchestrator.Tests.Runs.Views;

public sealed class RunsCsvTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Write_TextThatASpreadsheetCouldRun_IsMadeHarmless(string message, string cell)
    {
        string csv = Write([Run() with { Failure = new RunFailure(FailureKind.Crash, message) }]);

        Assert.Contains($",crash,{cell},", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_RunsWithDifferentMetrics_HasAColumnForEach()
    {
        RunView first = Run() with { Summary = new Dictionary<string, MetricSummary> { ["a"] = new(1.5, -2, 3) } };
        string[] lines = Write([first, Run()]).Split("\r\n");

        Assert.EndsWith(",a,a (best),a (best epoch)", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",1.5,-2,3", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,,", lines[2], StringComparison.Ordinal);
        Assert.All(lines[..3], line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public void Write_RunThatTheStoppingRulePaused_SaysWhy()
    {
        string[] lines = Write([Run() with { Decision = new RunDecision(3, 0.41, 31, 40, "paused after epoch 3 at 0.41") }]).Split("\r\n");

        Assert.Equal("paused after epoch 3 at 0.41", lines[1].Split(',')[Array.IndexOf(lines[0].Split(','), "decision")]);
    }

    [Fact]
    public void Write_MetricNamedAsAHyperparameter_HasItsOwnColumn()
    {
        RunView run = Run() with { Summary = new Dictionary<string, MetricSummary> { ["learningRate"] = new(0.1, 0.2, 1) } };
        string[] columns = Write([run]).Split("\r\n")[0].Split(',');

        Assert.Equal(columns.Distinct(), columns);
        Assert.Contains("learningRate (last)", columns);
    }

    private static string Write(IReadOnlyList<RunView> runs)
    {
        using var stream = new MemoryStream();
        RunsCsv.Write(stream, runs);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static RunView Run() => new()
    {
        Id = "r",
        SweepId = "s",
        Cell = 1,
        Key = "k",
        Status = RunStatus.Completed,
        Config = new Dictionary<string, JsonElement> { ["model"] = JsonSerializer.SerializeToElement("resnet18") },
        Attempt = 1,
        CreatedAt = default,
        Epoch = 1,
        Epochs = 1,
        Summary = new Dictionary<string, MetricSummary>(),
        Artifacts = [],
    };
}
