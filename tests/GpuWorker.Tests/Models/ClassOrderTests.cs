using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models;

[Collection(nameof(TrainingTests))]
public sealed class ClassOrderTests
{
    [Theory]
    [InlineData("cat,dog,fox", "cat,dog,fox", "0,1,2")]
    [InlineData("fox,cat,dog", "cat,dog,fox", "1,2,0")]
    [InlineData("cafe\u0301,cafz", "cafz,caf\u00e9", "1,0")]
    public void Find_SameClasses_GivesTheirPlaces(string known, string wanted, string expected) =>
        Assert.Equal(expected, string.Join(',', ClassOrder.Find(known.Split(','), wanted.Split(','))!));

    [Theory]
    [InlineData("cat,dog,fox", "bus,car,van")]
    [InlineData("cat,dog,fox", "afox,dog,zcat")]
    [InlineData("cat,dog,fox", "cat,dog")]
    [InlineData("cat,cat", "cat,dog")]
    [InlineData("cat,dog", "cat,cat")]
    [InlineData("Cat,dog", "cat,dog")]
    public void Find_OtherClasses_IsNull(string known, string wanted) => Assert.Null(ClassOrder.Find(known.Split(','), wanted.Split(',')));

    [Theory]
    [InlineData("lenet5")]
    [InlineData("vgg16_slim")]
    public void Apply_Permutation_MovesTheOutputsOfTheClasses(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(3, 32));
        using var generator = new Generator(4);
        model.Initialize(generator);
        model.eval();
        using IDisposable unrecorded = no_grad();
        Tensor images = rand(2, 3, 32, 32, generator: generator);
        Tensor before = model.forward(images);

        ClassOrder.Apply(model, [2, 0, 1]);

        Tensor after = model.forward(images);
        Assert.True(after.allclose(before.index_select(1, tensor(new long[] { 2, 0, 1 })), rtol: 1e-5, atol: 1e-6));
        Assert.False(after.allclose(before, rtol: 1e-5, atol: 1e-6));
    }
}
