using System.Buffers.Binary;
using System.Text;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Tests.Training;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.TestServers;
using static Experiments.GpuWorker.Tests.Training.Interruption;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Fuzz;

/// <summary>Damaged files of a real training are always detected.</summary>
[Collection(nameof(TrainingTests))]
public sealed class CheckpointFuzzTests : IDisposable
{
    private readonly TrainingFixture _fixture = new();

    [Theory]
    [InlineData(RunFiles.Checkpoint, 11)]
    [InlineData(RunFiles.Best, 12)]
    public void Read_DamagedFile_IsRefused(string name, int seed)
    {
        string path = Path.Combine(Trained().Folder, name);
        byte[] whole = File.ReadAllBytes(path);
        int head = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        foreach (FuzzCase fuzz in FuzzCase.Of(seed, count: 150))
        {
            byte[] damaged = ByteMutation.Of(whole, fuzz.Random, head);
            File.WriteAllBytes(path, damaged);

            Exception? thrown = Record.Exception(() => SafetensorsFile.Read(path, requireChecksum: true).Dispose());

            Assert.True(thrown is SafetensorsException || (thrown is null && damaged.AsSpan().SequenceEqual(whole)), fuzz.Describe($"{thrown}", damaged));
        }
    }

    [Fact]
    public void StoredModel_OfDamagedWeights_IsRefused()
    {
        string path = Path.Combine(Trained().Folder, RunFiles.Best);
        byte[] whole = File.ReadAllBytes(path);
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 13, count: 60))
        {
            byte[] damaged = ByteMutation.Of(whole, fuzz.Random);
            File.WriteAllBytes(path, damaged);

            Exception? thrown = Record.Exception(() => StoredModel.Load(path, CPU).Dispose());

            Assert.True(thrown is SafetensorsException or TrainingException || (thrown is null && damaged.AsSpan().SequenceEqual(whole)), fuzz.Describe($"{thrown}", damaged));
        }
    }

    [Fact]
    public void Resume_DamagedCheckpoints_TakesTheNewestWholeOneOrStartsAfresh()
    {
        TrainingJob first = Trained();
        Dictionary<string, byte[]> whole = ((string[])[RunFiles.Checkpoint, RunFiles.PreviousCheckpoint, RunFiles.Best])
            .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(first.Folder, name)));
        foreach (FuzzCase fuzz in FuzzCase.Of(seed: 14, count: 60))
        {
            var damaged = new HashSet<string>();
            foreach ((string name, byte[] content) in whole)
            {
                byte[] written = fuzz.Random.Next(2) == 0 ? ByteMutation.Of(content, fuzz.Random) : content;
                File.WriteAllBytes(Path.Combine(first.Folder, name), written);
                _ = written.AsSpan().SequenceEqual(content) || damaged.Add(name);
            }

            using SafetensorsContent? taken = new ResumePoint(_fixture.Log).TakeOver(_fixture.Job(Everything, resumeFrom: first.Folder));

            int? expected = damaged.Contains(RunFiles.Best) ? null : !damaged.Contains(RunFiles.Checkpoint) ? 2 : !damaged.Contains(RunFiles.PreviousCheckpoint) ? 1 : null;
            int? actual = taken is null ? null : RunCheckpoint.StateOf(taken).Epoch;
            Assert.True(expected == actual, fuzz.Describe($"epoch {actual}, expected {expected}", string.Join(", ", damaged)));
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[8,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]},"__metadata__":[]}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"sha256":1}}""")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]},"__metadata__":{"sha256":"0"}}""")]
    public void Read_WrongHeader_IsRefusedImmediately(string json)
    {
        string path = Path.Combine(_fixture.Job(Everything).Folder, "lies.safetensors");
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(path, [.. length, .. header, .. new byte[8]]);

        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(path, requireChecksum: false).Dispose());
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>A job that was stopped in its third epoch: a checkpoint, the one before, and the best weights.</summary>
    private TrainingJob Trained()
    {
        TrainingJob job = _fixture.Job(Everything);
        Assert.Throws<OperationCanceledException>(() =>
        {
            using var cancel = new CancellationTokenSource();
            _fixture.Trainer.Train(job, new RecordingListener { OnEpoch = epoch => Cancel(cancel, epoch) }, CancellationToken.None, cancel.Token);
        });
        return job;
    }

    private static void Cancel(CancellationTokenSource source, int epoch)
    {
        if (epoch == 2)
        {
            source.Cancel();
        }
    }
}
