namespace Experiments.GpuWorker.Tests.Training;

/// <summary>
/// Tests that train run one after another and beside no others: each keeps all cores busy, which would starve tests that wait for messages,
/// and some count what the whole process holds.
/// </summary>
[CollectionDefinition(nameof(TrainingTests), DisableParallelization = true)]
public sealed class TrainingTests;
