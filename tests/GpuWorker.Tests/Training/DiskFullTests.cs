using System.ComponentModel;
using System.Diagnostics;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public sealed class DiskFullTests
{
    /// <summary>Room for a checkpoint, its best weights and a part of the next checkpoint of lenet5 with Adam (about 0.75 MB each).</summary>
    private const string Megabytes = "2";

    /// <param name="memory">The memory for a copy that another thread writes; 0 if training waits.</param>
    [Theory]
    [InlineData("1000000000")]
    [InlineData("0")]
    public async Task Train_DiskFullWhileSaving_SaysSoAndKeepsTheCheckpointBefore(string memory)
    {
        using var folder = new TemporaryFolder();
        string disk = folder.Folder("disk");
        Assert.SkipUnless(await Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", disk), "a small disk can only be made by root on Linux");
        try
        {
            using var fixture = new TrainingFixture(("Worker:CheckpointMemoryBytes", memory));
            Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 5 };
            TrainingJob job = fixture.Job(settings) with { Folder = disk };

            TrainingException failure = Assert.Throws<TrainingException>(
                () => fixture.Trainer.Train(job, new RecordingListener(), CancellationToken.None, CancellationToken.None));

            Assert.Equal(FailureKind.Crash, failure.Kind);
            Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
            TrainingJob next = fixture.Job(settings, resumeFrom: disk);
            Assert.NotEqual(1, fixture.Train(next).Metrics[0].Step);
            Assert.DoesNotContain(Directory.GetFiles(disk), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        }
        finally
        {
            Assert.True(await Run("umount", disk));
        }
    }

    private static async Task<bool> Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
