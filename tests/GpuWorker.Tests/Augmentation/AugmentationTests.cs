using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

public sealed class AugmentationTests : IDisposable
{
    private const int Side = 12;

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. AugmentationRegistry.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_AnyBatch_GivesASampleTheSameVariation(string name)
    {
        Tensor images = Images(10);
        Tensor together = AugmentationRegistry.All[name].Apply(images.clone(), Draws(Enumerable.Range(0, 10)));

        Tensor some = AugmentationRegistry.All[name].Apply(images.narrow(0, 3, 2).clone(), Draws([3, 4]));
        Tensor alone = AugmentationRegistry.All[name].Apply(images.narrow(0, 7, 1).clone(), Draws([7]));

        Assert.True(together.narrow(0, 3, 2).equal(some).all().item<bool>());
        Assert.True(together.narrow(0, 7, 1).equal(alone).all().item<bool>());
        Assert.Equal(images.shape, together.shape);
        Assert.InRange(together.min().item<float>(), 0, 1);
        Assert.InRange(together.max().item<float>(), 0, 1);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("standard")]
    public void Apply_OneImageManyTimes_VariesFromSampleToSampleAndEpochToEpoch(string name)
    {
        Tensor images = Images(1).expand(32, -1, -1, -1).clone();
        Tensor first = AugmentationRegistry.All[name].Apply(images.clone(), Draws(Enumerable.Range(0, 32), epoch: 0));
        Tensor second = AugmentationRegistry.All[name].Apply(images.clone(), Draws(Enumerable.Range(0, 32), epoch: 1));

        Assert.True(Different(first) >= (name == "flip" ? 2 : 32));
        Assert.False(first.equal(second).all().item<bool>());
    }

    [Fact]
    public void Flip_ManySamples_MirrorsAboutHalfOfThem()
    {
        Tensor images = Images(1).expand(1000, -1, -1, -1).clone();

        Tensor result = AugmentationRegistry.All["flip"].Apply(images.clone(), Draws(Enumerable.Range(0, 1000)));

        long same = result.eq(images).view(1000, -1).all(1).sum().item<long>();
        long mirrored = result.eq(images.flip(3)).view(1000, -1).all(1).sum().item<long>();
        Assert.Equal(1000, same + mirrored);
        Assert.InRange(mirrored, 450, 550);
    }

    [Fact]
    public void CropAndFlip_GivenOffsets_AgreesWithAReference()
    {
        Tensor images = Images(4);
        CropDraw[] draws = [new(0, 8, false), new(4, 4, false), new(4, 4, true), new(7, 1, true)];

        float[,,,] actual = ToArray(CropAndFlip.Apply(images, draws, padding: 4));

        float[,,,] source = ToArray(images);
        ForEachPixel(4, (n, c, y, x) =>
        {
            int column = draws[n].Flip ? Side - 1 - x : x;
            (int fromY, int fromX) = (y + draws[n].Top - 4, column + draws[n].Left - 4);
            Assert.Equal(Inside(fromY, fromX) ? source[n, c, fromY, fromX] : 0, actual[n, c, y, x]);
        });
    }

    [Fact]
    public void Rotation_GivenAngles_AgreesWithAReference()
    {
        Tensor images = Images(4);
        double[] degrees = [0, 90, 11.3, -7.7];

        float[,,,] actual = ToArray(Rotation.Apply(images, degrees));

        float[,,,] source = ToArray(images);
        const double Centre = (Side - 1) / 2.0;
        ForEachPixel(4, (n, c, y, x) =>
        {
            (double sine, double cosine) = Math.SinCos(degrees[n] * Math.PI / 180);
            double fromX = Centre + (cosine * (x - Centre)) - (sine * (y - Centre));
            double fromY = Centre + (sine * (x - Centre)) + (cosine * (y - Centre));
            (int column, int row) = ((int)Math.Round(fromX), (int)Math.Round(fromY));
            Assert.Equal(Inside(row, column) ? source[n, c, row, column] : 0, actual[n, c, y, x]);
        });
    }

    [Fact]
    public void Rotation_NinetyDegrees_TurnsCounterClockwise()
    {
        Tensor images = Images(1);

        Assert.True(Rotation.Apply(images, [90]).equal(images.rot90(1, (2, 3))).all().item<bool>());
    }

    public void Dispose() => _scope.Dispose();

    private static Tensor Images(int count)
    {
        using var generator = new Generator(5);
        return rand(count, 3, Side, Side, generator: generator);
    }

    private static CounterRandom[] Draws(IEnumerable<int> samples, int epoch = 0) =>
        [.. samples.Select(sample => CounterRandom.For(42, RandomPurpose.Augmentation, epoch, sample))];

    private static int Different(Tensor images) =>
        Enumerable.Range(0, (int)images.shape[0]).Select(i => Convert.ToBase64String(images[i].contiguous().bytes)).Distinct().Count();

    private static float[,,,] ToArray(Tensor images) => (float[,,,])images.contiguous().data<float>().ToNDArray();

    private static bool Inside(int y, int x) => y is >= 0 and < Side && x is >= 0 and < Side;

    private static void ForEachPixel(int count, Action<int, int, int, int> check)
    {
        for (int i = 0; i < count * 3 * Side * Side; i++)
        {
            check(i / (3 * Side * Side), i / (Side * Side) % 3, i / Side % Side, i % Side);
        }
    }
}
