using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Workers;

/// <summary>Request to any worker, busy or not: what is in a data set? Answered by <see cref="DatasetContentsView"/> or <see cref="DatasetRefused"/>.</summary>
public sealed record DescribeDataset(DatasetSpec Dataset);

/// <summary>Request to any worker: some training images of some classes, small. Answered by <see cref="DatasetSamples"/> or <see cref="DatasetRefused"/>.</summary>
/// <param name="FirstClass">A label, from 0.</param>
/// <param name="Classes">How many labels from there on.</param>
/// <param name="PerClass">At most so many images of each, spread evenly over the class.</param>
public sealed record SampleDataset(DatasetSpec Dataset, int FirstClass, int Classes, int PerClass);

/// <param name="Classes">Fewer than asked for where the data set has no more.</param>
public sealed record DatasetSamples(IReadOnlyList<ClassSamples> Classes);

/// <summary>The worker cannot show the data set.</summary>
/// <param name="IsAbsent">True where the files are only not on that worker yet; false where they are not what they should be.</param>
public sealed record DatasetRefused(bool IsAbsent, string Reason);
