namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A cell of a matrix of classes.</summary>
/// <param name="Share">The intensity of the shade, 0 to 1.</param>
/// <param name="Explanation">Shown on hover.</param>
public sealed record MatrixCell(string Text, string CssClass, double Share, string Explanation)
{
    private const int Faintest = 6;

    /// <summary>In percent; never so pale that a cell with images is invisible.</summary>
    public int Shade => Share == 0 ? 0 : Math.Max(Faintest, (int)Math.Round(100 * Math.Sqrt(Share)));
}
