using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Configuration;

public sealed class AugmentationHyperparameterTests
{
    private const string Allowed =
        "none, flip, standard, crop, flowers, randaugment, trivialaugment, or a list of transforms such as [ { randomCrop: { padding: 4 } }, horizontalFlip ]";

    private static readonly HyperparameterDefinition Definition = HyperparameterCatalog.Find("augmentation")!;

    [Fact]
    public void TryRead_ListOfTransforms_FillsInDefaults() =>
        Assert.Equal(
            """[{"randomCrop":{"padding":4}},{"horizontalFlip":{"probability":0.5}},{"colorJitter":{"brightness":0.4,"contrast":0,"saturation":0,"hue":0}}]""",
            Read("""[ { "randomCrop": { } }, "horizontalFlip", { "colorJitter": { "brightness": 0.4 } } ]"""));

    [Theory]
    [InlineData("""[ "rotation" ]""", """[ { "rotation": { "degrees": 15 } } ]""")]
    [InlineData("""[ "rotation" ]""", """[ { "rotation": { "degrees": 15.0 } } ]""")]
    [InlineData("""[ { "randomErasing": { "probability": 1, "maximumArea": 0.5 } } ]""", """[ { "randomErasing": { "maximumArea": 0.50, "probability": 1e0 } } ]""")]
    [InlineData("""[ { "rotation": { "degrees": 0 } } ]""", """[ { "rotation": { "degrees": -0.0 } } ]""")]
    public void TryRead_SameListInOtherWords_IsEqual(string one, string other) => Assert.Equal(Read(one), Read(other));

    [Theory]
    [InlineData("\"flipp\"", "unknown value: \"flipp\"; did you mean \"flip\"? allowed: " + Allowed)]
    [InlineData("\"horizontalFlip\"", "unknown value: \"horizontalFlip\"; put a transform in a list: [ horizontalFlip ]; allowed: " + Allowed)]
    [InlineData("7", "not a name or a list: 7; allowed: " + Allowed)]
    [InlineData("[]", "0 transforms; allowed: 1 to 32, or the name none for nothing at all")]
    [InlineData("""[{ "randomCrop": { "pading": 4 } }]""", "[0].randomCrop.pading: unknown key: \"pading\"; did you mean \"padding\"? allowed: padding")]
    [InlineData("""["rotation", { "rotation": { "degrees": 400 } }]""", "[1].rotation.degrees: out of range: 400; allowed: a number from 0 to 180")]
    [InlineData("""[{ "randomCrop": { "padding": 1.5 } }]""", "[0].randomCrop.padding: not a whole number: 1.5; allowed: a whole number from 0 to 512")]
    [InlineData("""[{ "randomCrop": 4 }]""", "[0].randomCrop: not a mapping: 4; allowed: parameters: padding")]
    [InlineData("""[{ "rotation": {}, "randomCrop": {} }]""", "[0]: not a transform: { \"rotation\": {}, \"randomCrop\": {} }; allowed: a name, or a name with parameters such as { randomCrop: { padding: 4 } }")]
    [InlineData("""["colorJitter"]""", "[0]: colorJitter changes nothing; allowed: at least one above 0 of brightness, contrast, saturation, hue")]
    [InlineData("""[{ "randomResizedCrop": { "minimumScale": 0.5, "maximumScale": 0.4 } }]""", "[0].randomResizedCrop.minimumScale: above maximumScale: 0.5; allowed: at most 0.4")]
    public void TryRead_BadValue_SaysWhereAndWhatIsAllowed(string json, string expected)
    {
        Assert.False(Definition.TryRead(SpecBuilder.Json(json), out object? value, out string problem));
        Assert.Null(value);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void TryRead_SeveralProblems_TellsAll()
    {
        Assert.False(Definition.TryRead(
            SpecBuilder.Json("""["horizontalflip", { "rotation": { "degrees": -1, "angle": 3 } }]"""), out _, out string problem));

        Assert.StartsWith("[0]: unknown transform: \"horizontalflip\"; write horizontalFlip; allowed: randomCrop, ", problem, StringComparison.Ordinal);
        Assert.Contains("; [1].rotation.degrees: out of range: -1; ", problem, StringComparison.Ordinal);
        Assert.EndsWith("; [1].rotation.angle: unknown key: \"angle\"; allowed: degrees", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSweep_GridOfNamesAndLists_ExpandsToACellEach()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            """ "grid": { "augmentation": ["none", "standard", [{ "randomCrop": { "padding": 4 } }, "horizontalFlip"], ["randomCrop", "horizontalFlip"]] } """));

        GridExpansionResult result = GridExpansion.Expand(spec);

        Assert.Equal(3, result.Cells.Count);
        Assert.Equal(1, result.Duplicates);
        string key(GridCell cell) => RunKey.Of(cell.Hyperparameters, spec.Dataset, spec.Objective, "f");
        Assert.Equal(3, result.Cells.Select(key).Distinct().Count());
        Assert.All(result.Cells, cell =>
            Assert.Equal(cell.Hyperparameters, RunConfig.FromJson(RunConfig.ToJson(cell.Hyperparameters, spec.Dataset)).Hyperparameters));
    }

    [Theory]
    [InlineData("""["randomCrop", "horizontalFlip"]""", 3)]
    [InlineData("""[["randomCrop", "horizontalFlip"]]""", 3)]
    [InlineData("""["none", ["randomCrop", "horizontalFlip"]]""", 2)]
    [InlineData("""["none", "flip"]""", 2)]
    [InlineData("\"flip\"", 3)]
    public void ReadSweep_ExclusionOfLists_LeavesThoseCellsOut(string exclusion, int left)
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            $$""" "grid": { "augmentation": ["none", "flip", ["rotation"], ["randomCrop", "horizontalFlip"]] }, "exclude": [{ "augmentation": {{exclusion}} }] """));

        Assert.Equal(left, GridExpansion.CountCells(spec));
        Assert.Equal(left, GridExpansion.CountCells(SpecBuilder.Read(SpecGenerator.Text(spec))));
    }

    [Fact]
    public void Describe_List_NamesTransformsAndUnusualParameters()
    {
        Assert.Equal(
            "randomCrop · horizontalFlip · colorJitter(brightness 0.4, hue 0.05)",
            Definition.Describe(Read("""["randomCrop", { "horizontalFlip": { "probability": 0.5 } }, { "colorJitter": { "brightness": 0.4, "hue": 0.05 } }]""")));
        Assert.Equal("standard", Definition.Describe("standard"));
    }

    [Fact]
    public void TransformsOf_EveryName_IsWrittenAndReadAsTheSameList() =>
        Assert.All(AugmentationCatalog.All.Where(named => named.Transforms.Count > 0), named =>
        {
            string json = JsonSerializer.Serialize(named.Transforms.Select(transform => new Dictionary<string, object> { [transform.Name] = transform.Parameters }));

            Assert.Equal(named.Transforms, AugmentationText.TransformsOf(Read(json)));
            Assert.Equal(named.Transforms, AugmentationText.TransformsOf(named.Name));
        });

    [Theory]
    [InlineData("flipp")]
    [InlineData("[")]
    [InlineData("[\"nothing\"]")]
    public void TransformsOf_NoAugmentation_Throws(string text) => Assert.Throws<FormatException>(() => AugmentationText.TransformsOf(text));

    [Fact]
    public void Catalogs_Names_CannotBeMistakenForOneAnother() =>
        Assert.Empty(AugmentationCatalog.Names.Intersect(TransformCatalog.Names));

    private static string Read(string json)
    {
        Assert.True(Definition.TryRead(SpecBuilder.Json(json), out object? value, out string problem), problem);
        return (string)value!;
    }
}
