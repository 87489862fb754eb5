using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Small;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Data.DataFixture _fixture = new();
    private readonly TrainingData _data;
    private readonly ImageModel _model = new LeNet5(new ModelShape(10, 32, Dropout: 0.5));

    public EvaluatorTests() => _data = _fixture.Load(new DatasetSpec { Name = "digits", Limit = 200 }, size: 32);

    [Theory]
    [InlineData(7)]
    [InlineData(1000)]
    public void Evaluate_AnyBatchSize_IsTheMeanOverAllImages(int batchSize)
    {
        using var normalizer = new ImageNormalizer(_data.Statistics, CPU);

        EvaluationResult result = new Evaluator(normalizer, CPU, batchSize).Evaluate(_model, _data.Training, CancellationToken.None);

        ImageBatch all = _data.Training.Batch([.. Enumerable.Range(0, _data.Training.Count)], CPU);
        _model.eval();
        Tensor logits = _model.forward(normalizer.Normalize(ImageNormalizer.ToUnit(all.Pixels)));
        Assert.Equal(nn.functional.cross_entropy(logits, all.Labels).item<float>(), result.Loss, tolerance: 1e-4);
        Assert.Equal(logits.argmax(1).eq(all.Labels).to_type(ScalarType.Float64).mean().item<double>(), result.Accuracy, tolerance: 1e-9);
    }

    [Fact]
    public void Evaluate_Cancelled_Ends()
    {
        using var normalizer = new ImageNormalizer(_data.Statistics, CPU);

        Assert.Throws<OperationCanceledException>(
            () => new Evaluator(normalizer, CPU, 64).Evaluate(_model, _data.Training, new CancellationToken(true)));
    }

    public void Dispose()
    {
        _model.Dispose();
        _data.Dispose();
        _fixture.Dispose();
        _scope.Dispose();
    }
}
