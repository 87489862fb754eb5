using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

/// <summary>Properties of every transform and every named augmentation.</summary>
public sealed class TransformTests : IDisposable
{
    private const int Side = 18;

    private static readonly string[] WithoutChange = ["none"];

    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>Augmentations by name, and every transform alone.</summary>
    public static TheoryData<string> Augmentations => [.. AugmentationCatalog.Names, .. TransformRegistry.All.Names.Select(Alone)];

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Apply_AnyBatch_GivesASampleTheSameVariation(string name)
    {
        foreach (Func<Tensor, Tensor> form in new Func<Tensor, Tensor>[] { Contiguous, ChannelsLast })
        {
            Tensor images = Images(24);
            Tensor together = Apply(name, form(images), Enumerable.Range(0, 24));
            Tensor some = Apply(name, form(images.narrow(0, 3, 9)), Enumerable.Range(3, 9));
            Tensor alone = Apply(name, form(images.narrow(0, 7, 1)), [7]);

            Assert.True(together.narrow(0, 3, 9).equal(some).all().item<bool>());
            Assert.True(together.narrow(0, 7, 1).equal(alone).all().item<bool>());
            Assert.Equal(images.shape, together.shape);
            Assert.InRange(together.min().item<float>(), 0, 1);
            Assert.InRange(together.max().item<float>(), 0, 1);
        }
    }

    /// <summary>Images with their channels last go through tensor operations, as those on a GPU do.</summary>
    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Apply_AsPixelsAndAsTensors_GivesTheSame(string name)
    {
        Tensor images = Images(48);
        Tensor pixels = Apply(name, Contiguous(images), Enumerable.Range(0, 48));
        Tensor tensors = Apply(name, ChannelsLast(images), Enumerable.Range(0, 48));

        // A level that is rounded differently after one operation may differ much after posterize or equalize.
        double different = (pixels - tensors).abs().gt(1e-4).to_type(ScalarType.Float32).mean().item<float>();
        Assert.True(different <= 0.005, $"{different:P3} of the values differ");
    }

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Apply_OneImageManyTimes_VariesFromSampleToSampleAndEpochToEpoch(string name)
    {
        Tensor images = Images(1).expand(48, -1, -1, -1).contiguous();
        Tensor first = Apply(name, images.clone(), Enumerable.Range(0, 48), epoch: 0);
        Tensor second = Apply(name, images.clone(), Enumerable.Range(0, 48), epoch: 1);
        Tensor again = Apply(name, images.clone(), Enumerable.Range(0, 48), epoch: 0);

        Assert.Equal(!WithoutChange.Contains(name), Different(first) >= 2);
        Assert.Equal(!WithoutChange.Contains(name), !first.equal(second).all().item<bool>());
        Assert.True(first.equal(again).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Apply_ExtremeImages_StaysInRange(string name)
    {
        Tensor images = cat([zeros(8, 3, Side, Side), ones(8, 3, Side, Side), full([8, 3, Side, Side], 0.5f)]);
        images.narrow(0, 0, 4).narrow(1, 0, 1).fill_(1);
        foreach (Func<Tensor, Tensor> form in new Func<Tensor, Tensor>[] { Contiguous, ChannelsLast })
        {
            Tensor result = Apply(name, form(images), Enumerable.Range(0, 24));

            Assert.True(result.isfinite().all().item<bool>());
            Assert.InRange(result.min().item<float>(), 0, 1);
            Assert.InRange(result.max().item<float>(), 0, 1);
        }
    }

    [Fact]
    public void Apply_ManyThreads_GivesWhatOneGives()
    {
        Tensor images = rand(24, 3, 224, 224, generator: new Generator(5));
        int threads = get_num_threads();
        Tensor many = Apply("standard", images.clone(), Enumerable.Range(0, 24));
        set_num_threads(1);
        Tensor one = Apply("standard", images.clone(), Enumerable.Range(0, 24));
        set_num_threads(threads);

        Assert.True(many.equal(one).all().item<bool>());
    }

    public void Dispose() => _scope.Dispose();

    private static string Alone(string transform)
    {
        TransformInfo info = TransformCatalog.Find(transform)!;
        string parameters = info.NeedsOne ? string.Join(',', info.Parameters.Select(parameter => $"\"{parameter.Name}\":0.3")) : "";
        return "[{\"" + transform + "\":{" + parameters + "}}]";
    }

    private static Tensor Contiguous(Tensor images) => images.contiguous().clone();

    private static Tensor ChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static Tensor Apply(string augmentation, Tensor images, IEnumerable<int> samples, int epoch = 0) =>
        ImageAugmentation.Of(augmentation).Apply(
            images, [.. samples.Select(sample => CounterRandom.For(42, RandomPurpose.Augmentation, epoch, sample))]);

    /// <summary>Images of bytes, like decoded images.</summary>
    private static Tensor Images(int count)
    {
        using var generator = new Generator(5);
        return randint(0, 256, [count, 3, Side, Side], generator: generator, dtype: ScalarType.Float32) / 255;
    }

    private static int Different(Tensor images) =>
        Enumerable.Range(0, (int)images.shape[0]).Select(i => Convert.ToBase64String(images[i].contiguous().bytes)).Distinct().Count();
}
