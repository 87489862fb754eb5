using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class SweepDraftTests
{
    private static readonly Gen<(HyperparameterDefinition Definition, object?[] Values)> GenAxis =
        OneOf([.. HyperparameterCatalog.All]).SelectMany(definition =>
            GenValue(definition).Array[1, 4].Select(values => (definition, values.Distinct().ToArray())));

    private static readonly Gen<SweepSpec> GenSpec = Gen.Select(
        GenAxis.Array[0, 6],
        GenAxis.Array[0, 6],
        Gen.String[Gen.Char.AlphaNumeric, 1, 20],
        Gen.Int[0, 9],
        Gen.Bool,
        (@base, grid, name, priority, reuse) => new SweepSpec
        {
            Name = name,
            Dataset = new DatasetSpec { Name = "digits", Limit = priority == 0 ? null : priority },
            Base =
            [
                .. @base.DistinctBy(axis => axis.Definition)
                    .Where(axis => grid.All(other => other.Definition != axis.Definition))
                    .Select(axis => new Assignment(axis.Definition, axis.Values[0])),
            ],
            Grids = Grids(priority, [.. grid.DistinctBy(axis => axis.Definition).Select(axis => new GridAxis(axis.Definition, axis.Values))]),
            Exclude = [.. grid.Take(1).Select(axis => new Exclusion([new GridAxis(axis.Definition, [axis.Values[0]])]))],
            Priority = priority,
            Reuse = reuse,
            Tags = [name.ToLowerInvariant()],
        });

    [Fact]
    public void From_AnySweep_WritesTheSameSweep() =>
        GenSpec.Sample(spec => Assert.Equal(Json(spec), SweepDraft.From(spec).ToJson().GetRawText()));

    [Fact]
    public void Yaml_AnySweep_ReadsBackTheSame() =>
        GenSpec.Sample(spec =>
        {
            YamlReading reading = SweepYaml.Read(SweepYaml.Write(SweepDraft.From(spec)));

            Assert.Empty(reading.Problems);
            Assert.Equal(Json(spec), reading.Draft!.ToJson().GetRawText());
        });

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    public void Yaml_SweepWithASpace_KeepsItInTheForm(string sampler)
    {
        string parallel = sampler == "tpe" ? ", parallel: 4" : "";
        YamlReading reading = SweepYaml.Read(
            $"name: s\ndataset: digits\nspace: {{ learningRate: {{ min: 1e-5, max: 0.1, scale: log }}, optimizer: [adam, sgd] }}\nsearch: {{ sampler: {sampler}, runs: 9, seed: 7{parallel} }}\n");

        Assert.Empty(reading.Problems);
        SweepDraft again = SweepYaml.Read(SweepYaml.Write(reading.Draft!)).Draft!;
        Assert.Equal(reading.Draft!.ToJson().GetRawText(), again.ToJson().GetRawText());
        Assert.Equal(2, again.Space.Count);
        Assert.Equal(9, DraftCheck.Of(again).Cells);
        Assert.Equal(["adam", "sgd"], again.CellValuesOf(Samples.Parameter("optimizer")));
        Assert.StartsWith($"9 runs, {(sampler == "tpe" ? "proposed" : "drawn")} by {sampler} with seed 7", SpaceText.Of(again.Search!, hasGrid: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_SecondValue_MakesAnAxis()
    {
        var draft = new SweepDraft { Name = "x" };
        draft.Add(Samples.Parameter("learningRate"), 0.1);
        Assert.Empty(draft.Axes);

        draft.Add(Samples.Parameter("learningRate"), 0.01);

        Assert.Equal(2, DraftCheck.Of(draft).Cells);
        Assert.Equal([0.1, 0.01], Assert.Single(draft.Axes).Values);
    }

    [Fact]
    public void Axes_SeveralChosen_VaryInTheOrderOfChoice()
    {
        var draft = new SweepDraft();
        _ = draft.Parameter(Samples.Parameter("model"));
        foreach (string name in new[] { "seed", "model" })
        {
            draft.Add(Samples.Parameter(name), name == "seed" ? 1L : "small_cnn");
            draft.Add(Samples.Parameter(name), name == "seed" ? 2L : "resnet18");
        }

        Assert.Equal(["seed", "model"], draft.Axes.Select(axis => axis.Definition.Name));
    }

    [Fact]
    public void From_SameKeyInBaseAndGrid_KeepsTheGrid()
    {
        SweepSpec spec = Samples.Spec with { Base = [new Assignment(Samples.Parameter("model"), "lenet5")] };

        SweepDraft draft = SweepDraft.From(spec);

        Assert.Equal(["small_cnn", "resnet18"], draft.Parameter(Samples.Parameter("model")).Values);
    }

    [Fact]
    public void DraftCheck_NoNameYet_CountsCellsAndSaysWhatIsMissing()
    {
        var draft = SweepDraft.From(Samples.Spec);
        draft.Name = " ";

        var check = DraftCheck.Of(draft);

        Assert.Equal(4, check.Cells);
        Assert.False(check.IsComplete);
        Assert.NotNull(FieldErrors.At(check.Errors, "name"));
    }

    [Fact]
    public void AddGrid_DraftWithAxes_MakesThemTheFirstGridAndEditsTheSecond()
    {
        var draft = SweepDraft.From(Samples.Spec);

        draft.AddGrid();
        draft.Add(Samples.Parameter("model"), "lenet5");

        Assert.Equal((2, 1), (draft.GridCount, draft.Selected));
        Assert.Equal(["small_cnn", "resnet18"], draft.Grids[0].Single(axis => axis.Definition.Name == "model").Values);
        Assert.Equal("lenet5", Assert.Single(Assert.Single(draft.Grids[1]).Values));
        Assert.Equal(5, DraftCheck.Of(draft).Cells);
        Assert.Equal(2, draft.ToSpec().Grids.Count);
        Assert.Equal(["small_cnn", "resnet18", "lenet5"], draft.Axes.Single(axis => axis.Definition.Name == "model").Values);
    }

    [Fact]
    public void RemoveGrid_OneOfTwo_LeavesTheOtherAsTheOnlyOne()
    {
        var draft = SweepDraft.From(Samples.Spec);
        string before = Json(draft.ToSpec());
        draft.AddGrid();
        draft.Add(Samples.Parameter("model"), "lenet5");

        draft.RemoveGrid(1);

        Assert.Equal((0, null), (draft.GridCount, draft.Selected));
        Assert.Equal(before, Json(draft.ToSpec()));
    }

    [Fact]
    public void Add_ToWhatSeveralGridsShare_ReplacesTheValue()
    {
        var draft = SweepDraft.From(Samples.Spec);
        draft.AddGrid();
        draft.Select(null);

        draft.Add(Samples.Parameter("epochs"), 3L);
        draft.Add(Samples.Parameter("epochs"), 4L);

        Assert.False(draft.TakesSeveral);
        Assert.Equal([4L], draft.Parameter(Samples.Parameter("epochs")).Values);
        Assert.Equal(4L, draft.ToSpec().Base.Single(assignment => assignment.Hyperparameter.Name == "epochs").Value);
    }

    /// <summary>One grid, or its axes distributed over two.</summary>
    private static IReadOnlyList<Grid> Grids(int number, GridAxis[] axes) => axes.Length == 0 ? []
        : number % 2 == 0 || axes.Length == 1 ? [new Grid(axes)]
        : [new Grid([.. axes.Where((_, index) => index % 2 == 0)]), new Grid(axes)];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Json(SweepSpec spec) => SweepSpecWriter.ToJson(spec).GetRawText();

    private static Gen<object?> GenValue(HyperparameterDefinition definition) => definition.Kind switch
    {
        HyperparameterKind.Choice when definition.TakesList => OneOf<object?>([.. definition.Choices, Samples.Augmentation, Samples.OtherAugmentation]),
        HyperparameterKind.Choice => OneOf<object?>([.. definition.Choices]),
        HyperparameterKind.Integer => Gen.Long[8, 1000].Select(number => (object?)number),
        HyperparameterKind.Number => Gen.Double[1e-6, 0.9].Select(number => (object?)number),
        HyperparameterKind.Flag => OneOf<object?>(true, false),
        HyperparameterKind.List => OneOf<object?>(EpochList.Empty, new EpochList([3, 7])),
        HyperparameterKind.Text when definition.Name == "teacher" => OneOf<object?>("none", "run:abc"),
        _ => OneOf<object?>("none", "imagenet", "run:abc", "/weights/my model.safetensors"),
    };
}
