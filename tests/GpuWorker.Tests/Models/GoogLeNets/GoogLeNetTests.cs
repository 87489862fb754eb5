using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.GoogLeNets;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.GoogLeNets;

public class GoogLeNetTests
{
    [Fact]
    public void ForwardTraining_Always_GivesAuxiliaryLogitsWithTheirWeight()
    {
        using DisposeScope scope = NewDisposeScope();
        using GoogLeNet model = Initialized();

        TrainingLogits logits = model.ForwardTraining(rand(2, 3, 32, 32));

        Assert.Equal([2, 5], logits.Main.shape);
        Assert.Equal([0.3, 0.3], logits.Auxiliary.Select(output => output.Weight));
        Assert.All(logits.Auxiliary, output => Assert.Equal([2, 5], output.Logits.shape));
    }

    [Fact]
    public void ForwardTraining_EvaluationMode_GivesForwardsLogits()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using GoogLeNet model = Initialized();
        model.eval();
        Tensor images = rand(2, 3, 32, 32);

        Assert.True(model.ForwardTraining(images).Main.equal(model.forward(images)).all().item<bool>());
    }

    [Fact]
    public void ForwardTraining_LossOfTheAuxiliaryLogits_ReachesTheirHeadsAndWhatIsBefore()
    {
        using DisposeScope scope = NewDisposeScope();
        using GoogLeNet model = Initialized();
        TrainingLogits logits = model.ForwardTraining(rand(2, 3, 32, 32));

        logits.Auxiliary[0].Logits.sum().backward();

        HashSet<string> reached = [.. model.named_parameters().Where(pair => pair.parameter.grad is not null).Select(pair => pair.name)];
        Assert.Contains("aux1.fc2.weight", reached);
        Assert.Contains("inception4a.branch1.conv.weight", reached);
        Assert.DoesNotContain("inception4b.branch1.conv.weight", reached);
        Assert.DoesNotContain("aux2.fc2.weight", reached);
    }

    [Fact]
    public void DependsOnClasses_OtherClasses_IsTrueForWhatHasAnotherShape()
    {
        using var five = new GoogLeNet(new ModelShape(5, 32));
        using var six = new GoogLeNet(new ModelShape(6, 32));

        Assert.All(five.named_parameters().Zip(six.named_parameters()), pair =>
            Assert.Equal(!pair.First.parameter.shape.SequenceEqual(pair.Second.parameter.shape), five.DependsOnClasses(pair.First.name)));
    }

    private static GoogLeNet Initialized()
    {
        var model = new GoogLeNet(new ModelShape(5, 32));
        using var generator = new Generator(1);
        model.Initialize(generator);
        return model;
    }
}
