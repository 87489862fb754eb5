using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Training.Checkpoints;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

public class CapturedDraftTests
{
    [Fact]
    public void Of_TensorsThatChangeAfterwards_KeepsWhatTheyWere()
    {
        using Tensor weights = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t();
        var texts = new Dictionary<string, string> { ["epoch"] = "1" };
        using CapturedDraft captured = CapturedDraft.Of(new SafetensorsDraft([("weights", weights)], texts));

        weights.fill_(7);

        Assert.Equal([0, 3, 1, 4, 2, 5], captured.Find("weights")!.data<float>().ToArray());
        Assert.True(captured.Find("weights")!.is_contiguous());
        Assert.Equal(texts, captured.Draft.Texts);
        Assert.Equal(24, captured.Draft.Bytes);
    }

    [Fact]
    public void Of_TensorsThatAreKnown_SharesTheirMemoryForAsLongAsEitherNeedsIt()
    {
        using Tensor original = ones(4);
        var draft = new SafetensorsDraft([("a", original), ("b", original)], new Dictionary<string, string>());
        CapturedDraft first = CapturedDraft.Of(draft);
        using CapturedDraft second = CapturedDraft.Of(draft, name => name == "a" ? first.Find("a") : null);

        first.Find("a")!.fill_(3);
        first.Dispose();

        Assert.Equal([3, 3, 3, 3], second.Find("a")!.data<float>().ToArray());
        Assert.Equal([1, 1, 1, 1], second.Find("b")!.data<float>().ToArray());
    }

    [Fact]
    public void Of_WithinADisposeScope_OutlivesIt()
    {
        CapturedDraft captured;
        using (TorchSharp.DisposeScope scope = NewDisposeScope())
        {
            captured = CapturedDraft.Of(new SafetensorsDraft([("a", ones(2))], new Dictionary<string, string>()));
        }

        Assert.Equal([1, 1], captured.Find("a")!.data<float>().ToArray());
        captured.Dispose();
    }
}
