namespace Experiments.GpuWorker.Tests.Training;

/// <summary>
/// Tests that train run alone, one after another: each uses all cores, which would starve tests that wait for messages,
/// and some measure the memory of the whole process.
/// </summary>
[CollectionDefinition(nameof(TrainingTests), DisableParallelization = true)]
public sealed class TrainingTests;
