using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Text;

/// <summary>Composed and decomposed Unicode forms of a string are equal.</summary>
public sealed class ComposedTextTests
{
    private const string Composed = "caf\u00e9";
    private const string Decomposed = "cafe\u0301";

    [Fact]
    public void Read_Tags_AreComposedAndWithoutDuplicates() =>
        Assert.Equal([Composed], SpecBuilder.Read(SpecBuilder.With($"\"tags\": [\"{Decomposed}\", \"{Composed}\"]")).Tags);

    [Fact]
    public void Expand_ExcludedPath_IsFoundInEitherForm()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            $"\"grid\": {{ \"pretrained\": [\"/{Decomposed}.pth\", \"none\"] }}, \"exclude\": [ {{ \"pretrained\": \"/{Composed}.pth\" }} ]"));

        Assert.Equal(["none"], GridExpansion.Expand(spec).Cells.Select(cell => cell.Hyperparameters.Pretrained));
    }
}
