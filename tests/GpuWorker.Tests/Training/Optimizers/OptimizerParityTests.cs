using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Optimizers;

/// <summary>Two hundred steps compared with PyTorch's own optimizers: parameters of several shapes and memory orders.</summary>
public sealed class OptimizerParityTests(OptimizerParityTests.ReferenceSteps reference) : IClassFixture<OptimizerParityTests.ReferenceSteps>
{
    private const double Rate = 0.01;
    private const int Steps = 200;

    public static TheoryData<string, double, double> Cases => new(
        from name in OptimizerRegistry.All.Names
        from momentum in (double[])[0, 0.9]
        from decay in (double[])[0, 0.1]
        select (name, momentum, decay));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_TwoHundredTimes_EndsWherePyTorchEnds(string name, double momentum, double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsContent expected = SafetensorsFile.Read(reference.FileOf(name, momentum, decay), requireChecksum: false);
        using Parameter vector = nn.Parameter(Initial(13));
        using Parameter matrix = nn.Parameter(Initial(31, 17));
        using Parameter kernel = nn.Parameter(Initial(8, 3, 5, 5).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        (string Name, Parameter Parameter)[] parameters = [("vector", vector), ("matrix", matrix), ("kernel", kernel)];
        Hyperparameters settings = Hyperparameters.Default with { Momentum = momentum, WeightDecay = decay };
        using var optimizer = new Optimizer(OptimizerRegistry.All[name](settings), parameters, threads: 2);

        for (int step = 0; step < Steps; step++)
        {
            using DisposeScope inner = NewDisposeScope();
            foreach ((_, Parameter parameter) in parameters)
            {
                // The gradient of a matrix has another memory order than the parameter.
                Tensor gradient = Gradient(parameter.detach(), step);
                parameter.grad = parameter.dim() == 2 ? gradient.t().contiguous().t() : gradient;
            }

            optimizer.Step(new OptimizerStep { LearningRateOf = _ => Rate });
        }

        foreach ((string key, Parameter parameter) in parameters)
        {
            double difference = (parameter.detach() - expected.Require(key, parameter.shape)).abs().max().item<float>();
            Assert.True(difference < 2e-5, $"{key} differs by {difference}");
        }
    }

    private static Tensor Initial(params long[] shape) => (Index(shape).cos() * 0.5).to_type(ScalarType.Float32);

    private static Tensor Gradient(Tensor value, int step)
    {
        Tensor index = Index(value.shape);
        Tensor curvature = ((index % 7 / 7) + 0.1).to_type(ScalarType.Float32);
        Tensor target = (index * 3).sin().to_type(ScalarType.Float32);
        return (curvature * (value - target)) + (index + step).sin().to_type(ScalarType.Float32);
    }

    private static Tensor Index(long[] shape) => arange(shape.Aggregate(1L, (product, size) => product * size), ScalarType.Float64).reshape(shape);

    /// <summary>PyTorch's results for all cases.</summary>
    public sealed class ReferenceSteps : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("experiments-optimizers-").FullName;

        public ReferenceSteps() => PythonReference.Run("optimizers.py", _folder);

        public string FileOf(string name, double momentum, double decay) =>
            Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{momentum}-{decay}.safetensors"));

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
