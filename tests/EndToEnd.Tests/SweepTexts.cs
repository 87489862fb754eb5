namespace Experiments.EndToEnd.Tests;

/// <summary>Sweeps on the digits data set that take seconds.</summary>
internal static class SweepTexts
{
    /// <summary>Four short runs.</summary>
    public const string Small = """
        name: small
        dataset: { name: digits, limit: 300 }
        base: { epochs: 3, batchSize: 32, seed: 7 }
        grid:
          model: [small_cnn, lenet5]
          augmentation: [none, standard]
        """;

    /// <summary>One run that is long enough to be watched while it is interrupted.</summary>
    public static string Long { get; } = Run(epochs: 8, seed: 3);

    /// <summary>One run that is long enough to be interrupted in its second epoch.</summary>
    /// <param name="seed">One of its own for each run on the same system, which would reuse the result.</param>
    public static string Interrupted(int seed) => Run(epochs: 5, seed);

    /// <summary>Two runs on class folders.</summary>
    public static string OwnImages(string folder, int epochs) => $$"""
        name: own images
        dataset: { name: imagefolder, path: {{folder}} }
        base: { epochs: {{epochs}}, model: small_cnn, imageSize: 16, batchSize: 8 }
        grid: { seed: [1, 2] }
        """;

    /// <summary>One run that diverges and one that does not.</summary>
    public const string Diverging = """
        name: diverging
        dataset: { name: digits, limit: 200 }
        base: { epochs: 2, model: small_cnn, optimizer: sgd, momentum: 0.99 }
        grid: { learningRate: [10, 1e-3] }
        """;

    private static string Run(int epochs, int seed) => $$"""
        name: long
        dataset: digits
        base: { epochs: {{epochs}}, model: small_cnn, augmentation: standard, seed: {{seed}} }
        """;
}
