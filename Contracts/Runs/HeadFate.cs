namespace Experiments.Contracts.Runs;

/// <summary>What was done with the classification head when stored weights were loaded.</summary>
public enum HeadFate
{
    /// <summary>Taken over unchanged.</summary>
    Kept,

    /// <summary>The same classes in another order: its rows are taken over by class name.</summary>
    Reordered,

    /// <summary>Newly initialized, because the stored head has other classes.</summary>
    New,
}
