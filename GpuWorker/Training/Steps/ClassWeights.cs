namespace Experiments.GpuWorker.Training.Steps;

/// <summary>The weight of each class in the loss.</summary>
internal static class ClassWeights
{
    /// <summary>Inversely to the number of images: images / (classes × images of the class); scikit-learn's <c>class_weight="balanced"</c>.</summary>
    /// <param name="counts">Training images of each class. A class without images gets 0 and is not counted.</param>
    public static float[] Balanced(long[] counts)
    {
        double share = (double)counts.Sum() / counts.Count(count => count > 0);
        return [.. counts.Select(count => count > 0 ? (float)(share / count) : 0)];
    }
}
