using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Workers;

/// <summary>Request to any worker, busy or not: what is in a data set? Answered by <see cref="DatasetContentsView"/> or <see cref="DatasetRefused"/>.</summary>
public sealed record DescribeDataset(DatasetSpec Dataset);

/// <summary>Request to any worker: some training images of some classes, small. Answered by <see cref="DatasetSamples"/> or <see cref="DatasetRefused"/>.</summary>
/// <param name="FirstClass">A label, from 0.</param>
/// <param name="Classes">The number of labels, starting with that one.</param>
/// <param name="PerClass">The most images per class, spread evenly over it.</param>
public sealed record SampleDataset(DatasetSpec Dataset, int FirstClass, int Classes, int PerClass);

/// <param name="Classes">Fewer than asked for where the data set has no more.</param>
public sealed record DatasetSamples(IReadOnlyList<ClassSamples> Classes);

/// <summary>Request to any worker: can the images of a data set be decoded, starting with the given one? Answered by <see cref="DatasetChecked"/> or <see cref="DatasetRefused"/>.</summary>
/// <param name="First">The index of an image among all of the data set, split after split, from 0.</param>
/// <param name="Fingerprint">The fingerprint of the files at the start of the check; null in its first request.</param>
public sealed record CheckDataset(DatasetSpec Dataset, int First, string? Fingerprint);

/// <summary>The result of one part of a check: the images that the worker decoded within a few seconds.</summary>
/// <param name="Images">The number of images of the whole data set.</param>
/// <param name="Next">The first image that has not been checked; <paramref name="Images"/> at the end.</param>
public sealed record DatasetChecked(string Host, int Images, int Next, string Fingerprint, IReadOnlyList<UnreadableImage> Unreadable);

/// <summary>The worker cannot show the data set.</summary>
/// <param name="IsAbsent">True where the files are not on that worker yet; false where they are invalid.</param>
public sealed record DatasetRefused(bool IsAbsent, string Reason);
