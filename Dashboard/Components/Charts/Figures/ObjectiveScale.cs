namespace Experiments.Dashboard.Components.Charts.Figures;

/// <summary>
/// Colors for the objective, from viridis (van der Walt and Smith, 2015). Its lightness alone conveys the order, so that it is visible with
/// any color vision. The best value contrasts most: dark on a light background, bright on a dark one; the end that would vanish is left out.
/// </summary>
public static class ObjectiveScale
{
    private static readonly string[] Light = ["#9fd938", "#5ec962", "#27ad81", "#21918c", "#2c728e", "#3b528b", "#472d7b", "#440154"];
    private static readonly string[] Dark = ["#4a4a91", "#3b6190", "#2c728e", "#21918c", "#27ad81", "#5ec962", "#aadc32", "#fde725"];

    /// <summary>From the worst to the best, evenly spaced.</summary>
    public static IReadOnlyList<string> Colors(bool dark) => dark ? Dark : Light;

    /// <summary>The scale as a Plotly color scale, for values from 0 (worst) to 1 (best).</summary>
    internal static object ToPlotly(bool dark) =>
        Colors(dark).Index().Select(color => new object[] { color.Index / (double)(Colors(dark).Count - 1), color.Item }).ToArray();

    /// <summary>The scale as a CSS gradient from left to right.</summary>
    public static string ToCss(bool dark) => $"linear-gradient(to right, {string.Join(", ", Colors(dark))})";
}
