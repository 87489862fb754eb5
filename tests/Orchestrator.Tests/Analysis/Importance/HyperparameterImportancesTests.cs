using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Analysis.Importance;

namespace Experiments.Orchestrator.Tests.Analysis.Importance;

public sealed class HyperparameterImportancesTests
{
    private const string Metric = "validation/accuracy";
    private static readonly string[] Models = ["small_cnn", "resnet18", "resnet34"];
    private static readonly double[] Rates = [1e-4, 3e-4, 1e-3, 3e-3];

    [Fact]
    public void Of_OneThatMatters_HasNearlyAllOfIt()
    {
        ImportanceView importance = Of(Grid((rate, _, seed) => Math.Log10(rate) + (0.01 * seed % 0.02)));

        Assert.Equal("learningRate", importance.Hyperparameters[0].Name);
        Assert.InRange(importance.Hyperparameters[0].Share, 0.95, 1);
        Assert.InRange(importance.Explained!.Value, 0.95, 1);
    }

    /// <summary>Over a full grid the result equals that of an analysis of variance, apart from the effect of bootstrapping.</summary>
    [Fact]
    public void Of_FullGrid_AgreesWithTheAnalysisOfVariance()
    {
        double Accuracy(double rate, string model, double seed) => Rank(Rates, rate) + (2 * Rank(Models, model)) + (0.9 * Rank(Rates, rate) * Rank(Models, model) % 2);
        (double Rate, double Model, double Both) exact = Exact(Accuracy);

        ImportanceView importance = Of(Grid(Accuracy));

        Assert.Equal(exact.Rate, Share(importance, "learningRate"), 0.06);
        Assert.Equal(exact.Model, Share(importance, "model"), 0.06);
        Assert.Equal(0, Share(importance, "seed"), 0.03);
        Assert.Equal(exact.Both, importance.Interactions!.Value, 0.06);
    }

    [Fact]
    public void Of_Noise_SaysThatItExplainsNothing()
    {
        var random = new Random(5);

        ImportanceView importance = Of(Grid((_, _, _) => random.NextDouble()));

        Assert.InRange(importance.Explained!.Value, 0, 0.1);
    }

    [Fact]
    public void Of_TheSameRuns_IsTheSameTwice() => Assert.Equivalent(Of(Grid((rate, _, seed) => rate * seed)), Of(Grid((rate, _, seed) => rate * seed)), strict: true);

    [Fact]
    public void Of_OneRunThatWentAstray_DoesNotTakeAll()
    {
        ImportanceView importance = Of(Grid((rate, model, seed) => (model, rate, seed) == ("resnet34", 3e-3, 5) ? 1e9 : Math.Log10(rate)));

        Assert.Equal("learningRate", importance.Hyperparameters[0].Name);
        Assert.InRange(importance.Hyperparameters[0].Share, 0.8, 1);
    }

    [Fact]
    public void Of_TooFewRuns_SaysHowManyItTakes()
    {
        RunColumns all = Grid((rate, _, _) => rate);
        var values = all.Columns[Metric].Select((value, run) => run < 7 ? value : new ColumnValue(null)).ToList();

        ImportanceView importance = Of(all with { Columns = new Dictionary<string, IReadOnlyList<ColumnValue>>(all.Columns) { [Metric] = values } });

        Assert.Equal((7, 8), (importance.Runs, importance.RunsNeeded));
        Assert.Empty(importance.Hyperparameters);
        Assert.Null(importance.Explained);
    }

    [Fact]
    public void Of_EqualValues_HasNothingToExplain()
    {
        ImportanceView importance = Of(Grid((_, _, _) => 0.5));

        Assert.Equal(0, importance.Explained);
        Assert.Empty(importance.Hyperparameters);
    }

    private static double Share(ImportanceView importance, string name) => importance.Hyperparameters.Single(found => found.Name == name).Share;

    private static double Rank<T>(T[] values, T value) => Array.IndexOf(values, value);

    private static ImportanceView Of(RunColumns runs) => HyperparameterImportances.Of(Metric, runs, ["learningRate", "model", "seed"]);

    /// <summary>The fractions of the variance explained by each of the two, and by their combination.</summary>
    private static (double Rate, double Model, double Both) Exact(Func<double, string, double, double> accuracy)
    {
        double[] all = [.. Rates.SelectMany(rate => Models.Select(model => accuracy(rate, model, 1)))];
        double total = Variance(all);
        double rate = Variance([.. Rates.Select(rate => Models.Average(model => accuracy(rate, model, 1)))]) / total;
        double model = Variance([.. Models.Select(model => Rates.Average(rate => accuracy(rate, model, 1)))]) / total;
        return (rate, model, 1 - rate - model);
    }

    private static double Variance(double[] values) => values.Average(value => Math.Pow(value - values.Average(), 2));

    private static RunColumns Grid(Func<double, string, double, double> accuracy)
    {
        (double Rate, string Model, double Seed)[] cells = [.. Rates.SelectMany(rate => Models.SelectMany(model => Enumerable.Range(1, 5).Select(seed => (rate, model, (double)seed))))];
        return new RunColumns
        {
            Ids = [.. cells.Select((_, cell) => $"r{cell}")],
            Cells = [.. cells.Select((_, cell) => cell + 1)],
            Statuses = [.. cells.Select(_ => RunStatus.Completed)],
            Columns = new Dictionary<string, IReadOnlyList<ColumnValue>>
            {
                ["learningRate"] = [.. cells.Select(cell => new ColumnValue(cell.Rate))],
                ["model"] = [.. cells.Select(cell => new ColumnValue(cell.Model))],
                ["seed"] = [.. cells.Select(cell => new ColumnValue(cell.Seed))],
                [Metric] = [.. cells.Select(cell => new ColumnValue(accuracy(cell.Rate, cell.Model, cell.Seed)))],
            },
        };
    }
}
