using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>
/// What training makes small: the cross-entropy of the main output and, with their weights, of the auxiliary ones, with label smoothing and class
/// weights; <c>torch.nn.functional.cross_entropy</c>. With a teacher, its share is the divergence of the student's predictions from the
/// teacher's, both softened by the temperature, times its square (Hinton, Vinyals and Dean, 2015).
/// </summary>
/// <param name="trainingImages">Of each class.</param>
internal sealed class LossFunction(Hyperparameters settings, long[] trainingImages, Device device) : IDisposable
{
    private readonly Tensor? _classWeights = settings.ClassWeights == ClassWeighting.Balanced
        ? tensor(ClassWeights.Balanced(trainingImages), device: device).DetachFromDisposeScope()
        : null;

    /// <summary>What a part of a batch adds to the loss of the whole batch: the values of all parts add up to it, and so do their gradients.</summary>
    /// <returns>A scalar.</returns>
    public Tensor Of(TrainingLogits logits, Targets part, Targets whole)
    {
        Tensor sum = SumOf(logits.Main, part);
        foreach ((Tensor auxiliary, double weight) in logits.Auxiliary)
        {
            using Scalar factor = weight;
            sum = sum.add(SumOf(auxiliary, part), factor);
        }

        Tensor loss = sum / DivisorOf(whole);
        return part.TeacherLogits is { } teacher ? Distil(loss, logits.Main, teacher, whole.Labels.shape[0]) : loss;
    }

    public void Dispose() => _classWeights?.Dispose();

    private Tensor SumOf(Tensor logits, Targets targets) => nn.functional.cross_entropy(
        logits,
        targets.Shares ?? targets.Labels,
        _classWeights,
        reduction: nn.Reduction.Sum,
        label_smoothing: settings.LabelSmoothing);

    private Tensor Distil(Tensor loss, Tensor student, Tensor teacher, long images)
    {
        double temperature = settings.DistillationTemperature;
        using Scalar softening = temperature;
        using Scalar labelsShare = 1 - settings.DistillationAlpha;
        using Scalar teachersShare = settings.DistillationAlpha * temperature * temperature / images;
        Tensor divergence = nn.functional.kl_div(
            student.div(softening).log_softmax(1), teacher.div(softening).log_softmax(1), log_target: true, reduction: nn.Reduction.Sum);
        return loss.mul(labelsShare).add(divergence, teachersShare);
    }

    // As torch takes the mean: over the weights of the labels, but over the images where an image has shares of several classes.
    private Tensor DivisorOf(Targets whole) => _classWeights is null || whole.Shares is not null
        ? tensor((float)whole.Labels.shape[0], device: device)
        : _classWeights.index_select(0, whole.Labels).sum();
}
