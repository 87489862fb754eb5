namespace Experiments.GpuWorker.Randomness;

/// <summary>The purpose of random numbers. Each has its own stream, so that drawing more for one does not affect the others. The numbers are part of every run's result: never change them.</summary>
public enum RandomPurpose
{
    Weights = 1,
    Split = 2,
    Limit = 3,
    Order = 4,
    Augmentation = 5,
    Dropout = 6,
    Mixing = 7,

    /// <summary>The images of a preview before a sweep is launched; not part of any run.</summary>
    Preview = 100,
}
