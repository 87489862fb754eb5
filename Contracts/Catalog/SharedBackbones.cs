namespace Experiments.Contracts.Catalog;

/// <summary>Which models can start from the weights of a run of another model.</summary>
public static class SharedBackbones
{
    /// <summary>Models with VGG-16's convolutions and different heads, which are not taken over.</summary>
    private static readonly string[] LightVggs = ["vgg16_slim", "vgg16_gap"];

    /// <summary>The models from whose weights a model can start: itself first.</summary>
    public static IReadOnlyList<string> SourcesOf(string model) =>
        Array.IndexOf(LightVggs, model) >= 0 ? [model, .. LightVggs.Append("vgg16").Where(other => other != model)] : [model];
}
