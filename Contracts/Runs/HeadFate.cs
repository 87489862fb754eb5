namespace Experiments.Contracts.Runs;

/// <summary>What became of the outputs per class when stored weights were loaded.</summary>
public enum HeadFate
{
    /// <summary>Taken over as they are.</summary>
    Kept,

    /// <summary>The same classes in another order: taken over row by row, by the names of the classes.</summary>
    Reordered,

    /// <summary>New, because the stored ones are of other classes.</summary>
    New,
}
