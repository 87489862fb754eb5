namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>A node of a regression tree.</summary>
/// <param name="Axis">What it splits by; -1 for a leaf.</param>
/// <param name="LeftLevels">The levels of that axis that go left.</param>
/// <param name="Left">The place of the left node in the tree; the right one is at <paramref name="Right"/>.</param>
/// <param name="Value">What a leaf predicts.</param>
internal readonly record struct TreeNode(int Axis, ulong LeftLevels, int Left, int Right, double Value)
{
    public bool IsLeaf => Axis < 0;
}

/// <summary>A box of the space of hyperparameters in which a tree predicts the same.</summary>
/// <param name="Levels">The levels of each axis that belong to the box.</param>
internal sealed record Leaf(IReadOnlyList<ulong> Levels, double Value);
