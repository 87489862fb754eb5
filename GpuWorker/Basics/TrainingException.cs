using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Basics;

/// <summary>A failure of known kind, in words for the user.</summary>
public sealed class TrainingException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;
}
