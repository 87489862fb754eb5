using System.Text.Json;
using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Orchestrator.Tests.Search;

public sealed class GridSearchTests
{
    [Fact]
    public void Apply_Extension_CreatesOnlyNewCellsAndCountsOn() =>
        Gen.Select(Seeds, Seeds, Seeds).Sample((launched, first, second) =>
        {
            var created = new List<SearchAction.CreateRun>();
            SearchState state = Step(SearchState.Initial, new SearchEvent.Launched(Spec(launched)), created);
            state = Step(state, More(Axis(first)), created);
            state = Step(Stored(state), More(Axis(second)), created);

            Assert.Equal(Enumerable.Range(1, created.Count), created.Select(run => run.Cell));
            Assert.Equal([.. launched.Union(first).Union(second)], created.Select(run => run.Hyperparameters.Seed));
            Assert.Equal(created.Count, state.LastCell);
        });

    [Fact]
    public void Apply_NewAxis_KeepsTheCellsThereWere()
    {
        var created = new List<SearchAction.CreateRun>();
        SearchState state = Step(SearchState.Initial, new SearchEvent.Launched(Spec([1, 2])), created);
        Step(state, More(new GridAxis(HyperparameterCatalog.Find("epochs")!, [7L])), created);

        Assert.Equal([(1, 10), (2, 10), (1, 7), (2, 7)], created.Select(run => ((int)run.Hyperparameters.Seed, run.Hyperparameters.Epochs)));
    }

    [Fact]
    public void Apply_MoreGrids_CountsTheirCellsOnAndTakesKnownOnesOnce()
    {
        var created = new List<SearchAction.CreateRun>();
        SearchState state = Step(SearchState.Initial, new SearchEvent.Launched(Spec([1, 2])), created);
        state = Step(Stored(state), new SearchEvent.Extended(new GridExtension([new Grid([Axis([2, 3])]), new Grid([Axis([4])])], AreAdded: true)), created);
        Step(Stored(state), More(Axis([1, 5])), created);

        Assert.Equal([(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)], created.Select(run => (run.Cell, (int)run.Hyperparameters.Seed)));
    }

    [Fact]
    public void Apply_ExtensionByWhatHasNoEffect_CreatesNoRun()
    {
        var created = new List<SearchAction.CreateRun>();
        SearchState state = Step(SearchState.Initial, new SearchEvent.Launched(Spec([1])), created);
        Step(state, More(new GridAxis(HyperparameterCatalog.Find("momentum")!, [0.5, 0.8])), created);

        Assert.Single(created);
    }

    [Fact]
    public void Apply_TooManyCells_CreatesNone()
    {
        SearchStep<SearchState> step = GridSearch.Instance.Apply(
            SearchState.Initial, new SearchEvent.Launched(Spec([1, 2, 3]) with { MaxRuns = 2 }));

        Assert.Empty(step.Actions);
        Assert.Contains("grid", step.Errors.Keys);
        Assert.Equal(SearchState.Initial, step.State);
    }

    private static readonly Gen<long[]> Seeds = Gen.Long[1, 8].Array[1, 5].Select(seeds => seeds.Distinct().ToArray());

    private static SweepSpec Spec(long[] seeds)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": "digits", "grid": { "seed": [{{string.Join(',', seeds)}}] } }""");
        Assert.True(SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out _));
        return spec;
    }

    private static GridAxis Axis(long[] seeds) => new(HyperparameterCatalog.Find("seed")!, [.. seeds.Cast<object>()]);

    private static SearchEvent.Extended More(GridAxis axis) => new(new GridExtension([new Grid([axis])], AreAdded: false));

    private static SearchState Stored(SearchState state) => SearchState.FromJson(state.ToJson(), state.Spec!);

    private static SearchState Step(SearchState state, SearchEvent @event, List<SearchAction.CreateRun> created)
    {
        SearchStep<SearchState> step = GridSearch.Instance.Apply(state, @event);
        Assert.Empty(step.Errors);
        created.AddRange(step.Actions.Cast<SearchAction.CreateRun>());
        return step.State;
    }
}
