using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Basics;

/// <summary>The entries of one family that a sweep can name, such as models or optimizers.</summary>
/// <param name="family">The name of the family in error messages.</param>
public sealed class Registry<T>(string family, IReadOnlyDictionary<string, T> entries)
{
    public IReadOnlyList<string> Names { get; } = [.. entries.Keys];

    /// <exception cref="TrainingException">There is no entry of that name.</exception>
    public T this[string name] => entries.TryGetValue(name, out T? entry)
        ? entry
        : throw new TrainingException(
            FailureKind.Invalid,
            $"this worker knows no {family} \"{name}\"; it knows {string.Join(", ", Names)}");
}
