using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Tests.Training;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Evaluation;

[Collection(nameof(TrainingTests))]
public class RunEvaluationTests
{
    private static readonly string[] Files = [RunFiles.Evaluation, RunFiles.Mistakes, RunFiles.Predictions];

    [Fact]
    public void Train_Done_LeavesWhatScikitLearnFinds()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Epochs = 1 }, TrainingFixture.Digits(limit: 400) with { ValidationFraction = 0.5 });

        RecordingListener listener = fixture.Train(job);

        EvaluationReport report = Read<EvaluationReport>(job, RunFiles.Evaluation);
        Assert.Equal(("validation", 1), (report.Split, report.Epoch));
        Assert.Equal(listener.Epochs[0].Metrics[MetricNames.ValidationAccuracy], report.Accuracy, tolerance: 1e-12);
        Assert.InRange(report.Accuracy, 0.2, 0.98);
        string printed = PythonReference.Run(
            "classification_report.py", Path.Combine(job.Folder, RunFiles.Predictions), JsonSerializer.Serialize(report.Classes));
        Reference expected = JsonSerializer.Deserialize<Reference>(printed, ContractJson.Options)!;
        Assert.Equal(expected.Confusion, report.Confusion);
        Assert.All(report.Report.Zip(expected.Report), pair =>
        {
            Assert.Equal(pair.Second[0], pair.First.Precision, tolerance: 1e-12);
            Assert.Equal(pair.Second[1], pair.First.Recall, tolerance: 1e-12);
            Assert.Equal(pair.Second[2], pair.First.F1, tolerance: 1e-12);
            Assert.Equal(pair.Second[3], pair.First.Support);
        });
        Assert.Equal(expected.Accuracy, report.Accuracy, tolerance: 1e-12);
        Assert.Equal(expected.MacroF1, report.MacroF1, tolerance: 1e-12);
        Assert.Equal(expected.WeightedF1, report.WeightedF1, tolerance: 1e-12);
        Assert.Equal(expected.TopAccuracy, report.Top5Accuracy!.Value, tolerance: 1e-12);
        Assert.Equal(expected.CalibrationError, report.CalibrationError, tolerance: 1e-9);
    }

    [Fact]
    public void Train_SetWithATestSplit_EvaluatesTheBestWeightsOnIt()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "train", 10, "a", "b", "c");
        Data.SampleImages.WriteClasses(images, "test", 6, "a", "c");
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Epochs = 3, ImageSize = 32, BatchSize = 8 };
        TrainingJob job = fixture.Job(settings, new DatasetSpec { Name = "imagefolder", Path = images.Path });

        RecordingListener listener = fixture.Train(job);

        EvaluationReport report = Read<EvaluationReport>(job, RunFiles.Evaluation);
        Assert.Equal(("test", 12), (report.Split, report.Images));
        Assert.Equal(listener.Epochs[^1].Metrics[MetricNames.TestAccuracy], report.Accuracy, tolerance: 1e-12);
        Assert.Contains("\"test\" has no image of class \"b\": the support there is 0", fixture.Log.Warnings);
        Assert.Contains(fixture.Log.Entries, entry => entry.Message.StartsWith("Split folders: \"train\" for training, \"test\" for test", StringComparison.Ordinal));
        Assert.Equal([6, 0, 6], report.Report.Select(entry => entry.Support));
        Assert.Null(report.Top5Accuracy);
        string[] rows = File.ReadAllLines(Path.Combine(job.Folder, RunFiles.Predictions));
        Assert.Equal("place,label,predicted,class1,probability1,class2,probability2,class3,probability3", rows[0]);
        Assert.Equal(13, rows.Length);
        Assert.StartsWith(images.File("test", "a", "0.jpg") + ",a,", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Done_ShowsTheMistakesItWasSurestAbout()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Epochs = 1 }, TrainingFixture.Digits(limit: 200) with { ValidationFraction = 0.5 });

        fixture.Train(job);

        Mistake[] mistakes = Read<Mistake[]>(job, RunFiles.Mistakes);
        EvaluationReport report = Read<EvaluationReport>(job, RunFiles.Evaluation);
        int wrong = report.Images - (int)Math.Round(report.Accuracy * report.Images);
        Assert.Equal(Math.Min(24, wrong), mistakes.Length);
        Assert.Equal(mistakes.Select(mistake => mistake.Probability).OrderDescending(), mistakes.Select(mistake => mistake.Probability));
        Assert.All(mistakes, mistake =>
        {
            Assert.NotEqual(mistake.Actual, mistake.Predicted);
            Assert.True(mistake.ActualProbability < mistake.Probability);
            Assert.Matches("^line [0-9]+ of digits.csv.gz$", mistake.Place);
            using SKBitmap picture = SKBitmap.Decode(mistake.Image);
            Assert.Equal((32, 32), (picture.Width, picture.Height));
        });
    }

    [Fact]
    public void Train_ResumedAtTheEnd_LeavesTheSameEvaluation()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(TrainingFixture.Quick);
        fixture.Train(first);

        // Simulates a worker that died between the last checkpoint and the evaluation.
        foreach (string file in Files)
        {
            File.Move(Path.Combine(first.Folder, file), Path.Combine(first.Folder, $"expected-{file}"));
        }

        TrainingJob second = fixture.Job(TrainingFixture.Quick, resumeFrom: first.Folder);
        fixture.Train(second);

        Assert.All(Files, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(first.Folder, $"expected-{file}")), File.ReadAllBytes(Path.Combine(second.Folder, file))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_InterruptedAtTheEnd_LeavesNoEvaluation(bool isCancelled)
    {
        using var fixture = new TrainingFixture();
        using var interrupt = new CancellationTokenSource();
        TrainingJob job = fixture.Job(TrainingFixture.Quick);
        var listener = new RecordingListener { OnEpoch = epoch => InterruptAfter(epoch) };

        if (isCancelled)
        {
            Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(job, listener, CancellationToken.None, interrupt.Token));
        }
        else
        {
            Assert.Equal(TrainingOutcome.Stopped, fixture.Trainer.Train(job, listener, interrupt.Token, CancellationToken.None));
        }

        Assert.All(Files, file => Assert.False(File.Exists(Path.Combine(job.Folder, file))));
        TrainingJob next = fixture.Job(TrainingFixture.Quick, resumeFrom: job.Folder);
        fixture.Train(next);
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(next.Folder, file))));

        void InterruptAfter(int epoch)
        {
            if (epoch == 2)
            {
                interrupt.Cancel();
            }
        }
    }

    [Fact]
    public void Train_StretchBeforeTheEnd_LeavesNoEvaluation()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick) with { Epochs = new Contracts.Runs.EpochRange(0, 1) };

        fixture.Train(job);

        Assert.False(File.Exists(Path.Combine(job.Folder, RunFiles.Evaluation)));
    }

    private static T Read<T>(TrainingJob job, string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(job.Folder, file)), ContractJson.Options)!;

    private sealed record Reference(
        int[][] Confusion, double[][] Report, double Accuracy, double MacroF1, double WeightedF1, double CalibrationError, double TopAccuracy);
}
