using Experiments.Contracts.Runs;
using Experiments.Standalone.Progress;

namespace Experiments.Standalone.Tests.Progress;

public sealed class ProgressViewTests
{
    private static readonly RunLabel Label = new(ProgressSamples.Sweep);

    [Fact]
    public void Live_AnyWidth_ShowsSweepRunningRunAndBest()
    {
        string shown = ProgressSamples.Written(80, console =>
            console.Write(new LiveProgressView(Label, 80, TimeProvider.System).Draw(ProgressSamples.Progress())));

        Assert.Contains("1 of 2 runs", shown, StringComparison.Ordinal);
        Assert.Contains("epoch 2 of 5", shown, StringComparison.Ordinal);
        Assert.Contains("validation/accuracy 0.9877 by run 1", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_RunBeginsAndEnds_OneLineEach()
    {
        using var output = new StringWriter();
        var view = new PlainProgressView(output, Label);
        view.Show(ProgressSamples.Progress());
        view.Show(ProgressSamples.Progress());
        view.Show(ProgressSamples.Progress(ProgressSamples.Run("x", 1, RunStatus.Failed, failure: new RunFailure(FailureKind.Data, "no such folder"))));

        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["[1/2] run 2 resnet18, learningRate 0.1: running", "[1/2] run 1 resnet18, learningRate 0.1: failed: no such folder"],
            lines);
    }
}
