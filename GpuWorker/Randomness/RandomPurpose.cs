namespace Experiments.GpuWorker.Randomness;

/// <summary>What random numbers are for. Each purpose has a stream of its own, so that drawing more for one changes no other. The numbers are part of every run's result: never change them.</summary>
public enum RandomPurpose
{
    Weights = 1,
    Split = 2,
    Limit = 3,
    Order = 4,
    Augmentation = 5,
    Dropout = 6,
    Mixing = 7,

    /// <summary>Which images are shown before a sweep is launched; part of no run.</summary>
    Preview = 100,
}
