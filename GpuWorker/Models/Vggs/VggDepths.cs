namespace Experiments.GpuWorker.Models.Vggs;

/// <summary>Convolutions in each of the five stages: configurations A, B, D and E of Simonyan and Zisserman (2015).</summary>
internal static class VggDepths
{
    public static int[] Vgg11 { get; } = [1, 1, 2, 2, 2];

    public static int[] Vgg13 { get; } = [2, 2, 2, 2, 2];

    public static int[] Vgg16 { get; } = [2, 2, 3, 3, 3];

    public static int[] Vgg19 { get; } = [2, 2, 4, 4, 4];
}
