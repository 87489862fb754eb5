using Experiments.GpuWorker.Compression;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Compression;

public sealed class MagnitudePruningTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ImageModel _model = NewModel(1);
    private readonly ImageModel _follower = NewModel(2);

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.95)]
    public void Apply_AnyShare_ZeroesTheSmallestOfAllLayers(double share)
    {
        Tensor before = Magnitudes(_model);

        MagnitudePruning.Apply(_model, _follower, share);

        Tensor zero = Magnitudes(_model).eq(0);
        Assert.Equal((long)Math.Round(share * before.numel()), zero.sum().item<long>());
        Assert.True(zero.equal(Magnitudes(_follower).eq(0)).all().item<bool>());
        if (share > 0)
        {
            Assert.True(before.masked_select(zero).max().item<float>() <= before.masked_select(zero.logical_not()).min().item<float>());
        }
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        MagnitudePruning.Apply(_model, null, 0.5);
        Tensor once = Magnitudes(_model);

        MagnitudePruning.Apply(_model, null, 0.5);

        Assert.True(once.equal(Magnitudes(_model)).all().item<bool>());
    }

    public void Dispose()
    {
        _model.Dispose();
        _follower.Dispose();
        _scope.Dispose();
    }

    private static Tensor Magnitudes(ImageModel model) => cat([.. CompressibleWeights.Of(model).Select(pair => pair.Weight.detach().abs().flatten())]);

    private static ImageModel NewModel(ulong seed)
    {
        ImageModel model = ModelRegistry.All["lenet5"](new ModelShape(10, 32));
        using var generator = new Generator(seed);
        model.Initialize(generator);
        return model;
    }
}
