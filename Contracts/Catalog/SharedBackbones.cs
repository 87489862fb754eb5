namespace Experiments.Contracts.Catalog;

/// <summary>Which models can begin with the weights that a run of another model left.</summary>
public static class SharedBackbones
{
    /// <summary>VGG-16's convolutions, and heads of their own that take nothing over.</summary>
    private static readonly string[] LightVggs = ["vgg16_slim", "vgg16_gap"];

    /// <summary>The models whose runs' weights a model can begin with: itself first.</summary>
    public static IReadOnlyList<string> SourcesOf(string model) =>
        Array.IndexOf(LightVggs, model) >= 0 ? [model, .. LightVggs.Append("vgg16").Where(other => other != model)] : [model];
}
