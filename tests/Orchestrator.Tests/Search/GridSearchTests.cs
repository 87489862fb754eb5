using System.Text.Json;
using CsCheck;
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
            GridSearchState state = Step(GridSearchState.Initial, new SearchEvent.Launched(Spec(launched)), created);
            state = Step(state, new SearchEvent.Extended([Axis(first)]), created);
            state = Step(Stored(state), new SearchEvent.Extended([Axis(second)]), created);

            Assert.Equal(Enumerable.Range(1, created.Count), created.Select(run => run.Cell));
            Assert.Equal([.. launched.Union(first).Union(second)], created.Select(run => run.Hyperparameters.Seed));
            Assert.Equal(created.Count, state.LastCell);
        });

    [Fact]
    public void Apply_NewAxis_KeepsTheCellsThereWere()
    {
        var created = new List<SearchAction.CreateRun>();
        GridSearchState state = Step(GridSearchState.Initial, new SearchEvent.Launched(Spec([1, 2])), created);
        Step(state, new SearchEvent.Extended([new GridAxis(HyperparameterCatalog.Find("epochs")!, [7L])]), created);

        Assert.Equal([(1, 10), (2, 10), (1, 7), (2, 7)], created.Select(run => ((int)run.Hyperparameters.Seed, run.Hyperparameters.Epochs)));
    }

    [Fact]
    public void Apply_TooManyCells_CreatesNone()
    {
        SearchStep<GridSearchState> step = GridSearch.Instance.Apply(
            GridSearchState.Initial, new SearchEvent.Launched(Spec([1, 2, 3]) with { MaxRuns = 2 }));

        Assert.Empty(step.Actions);
        Assert.Contains("grid", step.Errors.Keys);
        Assert.Equal(GridSearchState.Initial, step.State);
    }

    private static readonly Gen<long[]> Seeds = Gen.Long[1, 8].Array[1, 5].Select(seeds => seeds.Distinct().ToArray());

    private static SweepSpec Spec(long[] seeds)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": "digits", "grid": { "seed": [{{string.Join(',', seeds)}}] } }""");
        Assert.True(SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out _));
        return spec;
    }

    private static GridAxis Axis(long[] seeds) => new(HyperparameterCatalog.Find("seed")!, [.. seeds.Cast<object>()]);

    private static GridSearchState Stored(GridSearchState state) => GridSearchState.FromJson(state.ToJson(), state.Spec!);

    private static GridSearchState Step(GridSearchState state, SearchEvent @event, List<SearchAction.CreateRun> created)
    {
        SearchStep<GridSearchState> step = GridSearch.Instance.Apply(state, @event);
        Assert.Empty(step.Errors);
        created.AddRange(step.Actions.Cast<SearchAction.CreateRun>());
        return step.State;
    }
}
