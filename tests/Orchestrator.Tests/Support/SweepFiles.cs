namespace Experiments.Orchestrator.Tests.Support;

/// <summary>Sample sweeps.</summary>
internal static class SweepFiles
{
    /// <summary>The example of the README: 12 runs.</summary>
    public const string Quickstart = """
        name: digits-quickstart
        dataset: digits
        objective: { metric: validation/accuracy, goal: maximize }
        base: { epochs: 5, batchSize: 64, optimizer: adam, weightDecay: 1e-4, seed: 42 }
        grid:
          model: [small_cnn, resnet18]
          learningRate: [1e-3, 3e-4]
          freezeEpochs: [0, 2]
          augmentation: [none, standard]
        exclude: [ { model: small_cnn, freezeEpochs: 2 } ]
        tags: [demo]
        """;

    /// <summary>A sweep with the given number of runs of two epochs.</summary>
    public static string Of(int runs, string more = "", string name = "test") => $$"""
        name: {{name}}
        dataset: digits
        base: { epochs: 2 }
        grid:
          seed: [{{string.Join(", ", Enumerable.Range(1, runs))}}]
        {{more}}
        """;
}
