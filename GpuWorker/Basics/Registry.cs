using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Basics;

/// <summary>A family of things that a sweep can name.</summary>
/// <param name="family">What they are, for error messages.</param>
public sealed class Registry<T>(string family, IReadOnlyDictionary<string, T> entries)
{
    public IReadOnlyList<string> Names { get; } = [.. entries.Keys];

    /// <exception cref="TrainingException">There is none of that name.</exception>
    public T this[string name] => entries.TryGetValue(name, out T? entry)
        ? entry
        : throw new TrainingException(
            FailureKind.Invalid,
            $"this worker knows no {family} \"{name}\"; it knows {string.Join(", ", Names)}");
}
