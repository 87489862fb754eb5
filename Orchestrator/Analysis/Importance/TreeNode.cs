namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>A node of a regression tree.</summary>
/// <param name="Axis">The axis it splits on; -1 for a leaf.</param>
/// <param name="LeftLevels">The levels of that axis that belong to the left child.</param>
/// <param name="Left">The index of the left child in the tree; the right child is at <paramref name="Right"/>.</param>
/// <param name="Value">The prediction of a leaf.</param>
internal readonly record struct TreeNode(int Axis, ulong LeftLevels, int Left, int Right, double Value)
{
    public bool IsLeaf => Axis < 0;
}

/// <summary>A box of the hyperparameter space in which a tree predicts the same value.</summary>
/// <param name="Levels">The levels of each axis that belong to the box.</param>
internal sealed record Leaf(IReadOnlyList<ulong> Levels, double Value);
