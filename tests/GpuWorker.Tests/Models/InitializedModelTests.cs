using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models;

/// <summary>
/// What holds for a network with initial weights. One test per network makes all checks, since drawing the weights of a large one takes longer than
/// any of them.
/// </summary>
public class InitializedModelTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Network_Initialized_DependsOnItsSeedAndTheStepAlone(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ModelInfo info = ModelCatalog.Find(name)!;
        int size = Math.Max(32, info.MinimumImageSize);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, size, info.SmallInput, Dropout: 0.5));
        Tensor images = rand(2, 3, size, size);

        AssertSeedGivesTheWeights(model);
        AssertSameStepGivesTheSameGradientsForEveryParameter(model, images);
        Tensor logits = AssertEvaluationIsNotRandom(model, images);
        AssertAnotherTypeGivesTheSame(model, images, logits);
    }

    /// <summary>Leaves the weights of seed 1.</summary>
    private static void AssertSeedGivesTheWeights(ImageModel model)
    {
        Initialize(model, seed: 1);
        Dictionary<string, Tensor> first = Copies(model.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)));
        Initialize(model, seed: 2);

        Assert.Contains(model.named_parameters(), pair => !HaveSameBits(pair.parameter, first[pair.name]));

        manual_seed(99);
        Fill(model, double.NaN);
        Initialize(model, seed: 1);

        Assert.All(model.named_parameters(), pair => Assert.True(HaveSameBits(pair.parameter, first[pair.name]), pair.name));
        Dispose(first);
    }

    private static void AssertSameStepGivesTheSameGradientsForEveryParameter(ImageModel model, Tensor images)
    {
        model.PrepareToTrain(model.Blocks.Count, freezeBatchNorm: true);
        Step(model, images);
        Dictionary<string, Tensor> first = Copies(Gradients());
        Step(model, images);

        Assert.Equal(model.named_parameters().Select(pair => pair.name).Order(), first.Keys.Order());
        Assert.All(Gradients(), pair => Assert.True(HaveSameBits(pair.Gradient, first[pair.Name]), pair.Name));
        Dispose(first);
        model.zero_grad();

        IEnumerable<(string Name, Tensor Gradient)> Gradients() =>
            model.named_parameters().Where(pair => pair.parameter.grad is not null).Select(pair => (pair.name, pair.parameter.grad!));
    }

    /// <returns>The logits.</returns>
    private static Tensor AssertEvaluationIsNotRandom(ImageModel model, Tensor images)
    {
        using IDisposable unrecorded = no_grad();
        model.eval();
        model.Randomness.Prepare(seed: 1, iteration: 1);
        Tensor first = model.forward(images);
        model.Randomness.Prepare(seed: 1, iteration: 2);

        Assert.True(first.equal(model.forward(images)).all().item<bool>());
        return first;
    }

    /// <summary>Leaves the network in another type.</summary>
    private static void AssertAnotherTypeGivesTheSame(ImageModel model, Tensor images, Tensor logits)
    {
        using IDisposable unrecorded = no_grad();
        int tensors = model.state_dict().Count;

        // Replaces every tensor of the network, as moving to a GPU does.
        model.to(ScalarType.Float64);
        Tensor moved = model.forward(images.to_type(ScalarType.Float64));

        Assert.Equal(tensors, model.state_dict().Count);
        Assert.Equal(ScalarType.Float64, moved.dtype);

        // Untrained deep networks have large logits.
        double scale = Math.Max(1, moved.abs().max().item<double>());
        Assert.InRange((moved - logits).abs().max().item<double>() / scale, 0, 1e-3);
    }

    private static void Initialize(ImageModel model, ulong seed)
    {
        using var generator = new Generator(seed);
        model.Initialize(generator);
    }

    /// <summary>Sets every random weight; norms keep their initial values.</summary>
    private static void Fill(ImageModel model, double value)
    {
        using IDisposable unrecorded = no_grad();
        foreach (nn.Module layer in model.modules().Where(module => module is Conv2d or Linear))
        {
            foreach (Parameter parameter in layer.parameters())
            {
                parameter.fill_(value);
            }
        }
    }

    private static void Step(ImageModel model, Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        model.zero_grad();
        model.Randomness.Prepare(seed: 1, iteration: 1);
        TrainingLogits logits = model.ForwardTraining(images);
        Tensor loss = logits.Main.square().sum();
        foreach ((Tensor auxiliary, double _) in logits.Auxiliary)
        {
            loss += auxiliary.square().sum();
        }

        loss.backward();
    }

    private static Dictionary<string, Tensor> Copies(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using IDisposable unrecorded = no_grad();
        return tensors.ToDictionary(pair => pair.Name, pair => pair.Tensor.clone());
    }

    /// <summary>Without the tensors of booleans that torch would allocate for a comparison.</summary>
    private static bool HaveSameBits(Tensor a, Tensor b) => a.contiguous().bytes.SequenceEqual(b.contiguous().bytes);

    private static void Dispose(Dictionary<string, Tensor> tensors)
    {
        foreach (Tensor tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
