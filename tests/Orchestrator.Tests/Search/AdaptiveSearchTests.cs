using System.Text.Json;
using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Orchestrator.Tests.Search;

public sealed class AdaptiveSearchTests
{
    private const string Rates = "\"space\": { \"learningRate\": { \"min\": 1e-5, \"max\": 1e-1, \"scale\": \"log\" }, \"dropout\": { \"min\": 0, \"max\": 0.5 } }";

    [Fact]
    public void Apply_EndsInAnyOrder_ProposeEveryRunOnceAndNeverMoreThanAllowedAtATime() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 12], Gen.Int[0, 1_000_000]).Sample((runs, parallel, luck) =>
        {
            var search = new Played(Read($"{Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": {runs}, \"parallel\": {parallel}, \"seed\": 3 }}"));
            Assert.Equal(Math.Min(runs, Math.Max(AdaptiveSearch.StartupRuns, parallel)), search.Created.Count);
            var random = new Random(luck);
            while (search.UnderWay.Count > 0)
            {
                search.End(search.UnderWay[random.Next(search.UnderWay.Count)]);
                Assert.InRange(search.UnderWay.Count, 0, Math.Max(parallel, AdaptiveSearch.StartupRuns - (search.Created.Count - search.UnderWay.Count)));
            }

            Assert.Equal(Enumerable.Range(1, runs), search.Created.Select(run => run.Cell));
            Assert.Equal(runs, search.Created.Select(run => run.Hyperparameters).Distinct().Count());
            Assert.Equal(0, SearchMethods.CountToCome(search.State));
        });

    [Fact]
    public void Apply_StoredAndReadBetweenAllEvents_ProposesTheSame() =>
        Gen.Select(Gen.Int[11, 25], Gen.Int[0, 1_000_000]).Sample((runs, luck) =>
        {
            SweepSpec spec = Read($"{Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": {runs}, \"parallel\": 3 }}");
            Played kept = new(spec), stored = new(spec) { IsStored = true };
            var random = new Random(luck);
            while (kept.UnderWay.Count > 0)
            {
                int cell = kept.UnderWay[random.Next(kept.UnderWay.Count)];
                kept.End(cell);
                stored.End(cell);
            }

            Assert.Equal(kept.Created.Select(run => run.Hyperparameters), stored.Created.Select(run => run.Hyperparameters));
        });

    [Fact]
    public void Apply_SameFactsTwice_ProposeOnce()
    {
        var search = new Played(Read($"{Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 20, \"parallel\": 10 }}"));
        search.End(4);
        search.End(4);

        Assert.Equal(11, search.Created.Count);
    }

    [Fact]
    public void Apply_Grid_SearchesEachCombinationOnItsOwn()
    {
        var search = new Played(Read($"\"grid\": {{ \"model\": [\"small_cnn\", \"lenet5\"] }}, {Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 15, \"parallel\": 4 }}"));

        Assert.Equal(20, search.Created.Count);
        Assert.All(search.Created.Chunk(2), pair => Assert.Equal(pair[0].Hyperparameters.LearningRate, pair[1].Hyperparameters.LearningRate));
        search.EndAll();
        Assert.Equal([15, 15], search.Created.CountBy(run => run.Hyperparameters.Model).Select(count => count.Value));
    }

    [Fact]
    public void Apply_SpaceWithFewConfigurations_EndsWhenAllWereProposed()
    {
        var search = new Played(Read("\"space\": { \"seed\": { \"min\": 1, \"max\": 14 } }, \"search\": { \"sampler\": \"tpe\", \"runs\": 20 }"));

        search.EndAll();

        Assert.Equal(Enumerable.Range(1, 14), search.Created.Select(run => (int)run.Hyperparameters.Seed).Order());
        Assert.Equal(0, SearchMethods.CountToCome(search.State));
    }

    [Fact]
    public void Apply_Extension_KeepsWhatEachCombinationHas()
    {
        var search = new Played(Read($"\"grid\": {{ \"model\": [\"small_cnn\", \"lenet5\"] }}, {Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 12 }}"));
        search.EndAll();

        search.Extend("""{ "grid": { "model": ["student_cnn"], "labelSmoothing": [0.1] }, "runs": 13 }""");
        search.EndAll();

        Assert.Equal(6 * 13, search.Created.Count);
        Assert.Equal(Enumerable.Range(1, 6 * 13), search.Created.Select(run => run.Cell));
        Assert.All(search.Created.CountBy(run => (run.Hyperparameters.Model, run.Hyperparameters.LabelSmoothing)), count => Assert.Equal(13, count.Value));
    }

    [Fact]
    public void Apply_StoppedSearch_RecordsResultsAndProposesNothing()
    {
        var search = new Played(Read($"{Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 20 }}"));
        search.State = SearchState.FromJson(SearchState.Stop(search.State.ToJson()), search.State.Spec!);

        search.EndAll();

        Assert.Equal(10, search.Created.Count);
        Assert.All(search.State.Proposals, proposal => Assert.Equal(ProposalOutcome.Measured, proposal.Outcome));
    }

    [Fact]
    public void Apply_RunThatIsRetried_IsUnderWayAgain()
    {
        var search = new Played(Read($"{Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 12, \"parallel\": 10 }}"));
        search.Observe(new RunFact(1, ProposalOutcome.Unusable, null));
        search.Observe(new RunFact(1, ProposalOutcome.UnderWay, null));
        search.Observe(new RunFact(1, ProposalOutcome.Measured, 0.7));

        Assert.Equal((ProposalOutcome.Measured, 0.7), (search.State.Proposals[0].Outcome, search.State.Proposals[0].Value));
        Assert.Equal(11, search.Created.Count);
    }

    [Theory]
    [InlineData("\"maxRuns\": 5", "search.runs")]
    [InlineData("\"base\": { \"epochs\": 2, \"warmupEpochs\": 2 }", "space")]
    public void Apply_SweepThatCannotRun_IsRefused(string members, string path)
    {
        SearchStep<SearchState> step = AdaptiveSearch.Instance.Apply(
            SearchState.Initial, new SearchEvent.Launched(Read($"{members}, {Rates}, \"search\": {{ \"sampler\": \"tpe\", \"runs\": 20 }}")));

        Assert.Contains(path, step.Errors.Keys);
        Assert.Empty(step.Actions);
    }

    private static SweepSpec Read(string members)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": "digits", {{members}} }""");
        Assert.True(SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out _));
        return spec;
    }

    /// <summary>A search whose runs end as the test says; a learning rate of 1e-3 is the best.</summary>
    private sealed class Played
    {
        private readonly HashSet<int> _ended = [];

        public Played(SweepSpec spec) => Take(AdaptiveSearch.Instance.Apply(SearchState.Initial, new SearchEvent.Launched(spec)));

        public SearchState State { get; set; } = SearchState.Initial;

        /// <summary>Whether the state is stored and read after each event.</summary>
        public bool IsStored { get; init; }

        public List<SearchAction.CreateRun> Created { get; } = [];

        public IReadOnlyList<int> UnderWay => [.. Created.Select(run => run.Cell).Where(cell => !_ended.Contains(cell))];

        public void End(int cell)
        {
            _ended.Add(cell);
            Hyperparameters run = Created.Single(run => run.Cell == cell).Hyperparameters;
            Observe(new RunFact(cell, ProposalOutcome.Measured, 1 - Math.Abs(Math.Log10(run.LearningRate) + 3)));
        }

        public void EndAll()
        {
            while (UnderWay is [int cell, ..])
            {
                End(cell);
            }
        }

        public void Observe(RunFact fact) => Take(AdaptiveSearch.Instance.Apply(State, new SearchEvent.Observed([fact])));

        public void Extend(string body)
        {
            using var json = JsonDocument.Parse(body);
            Assert.True(SweepSpecReader.TryReadExtension(json.RootElement, out GridExtension? extension, out _));
            Take(AdaptiveSearch.Instance.Apply(State, new SearchEvent.Extended(extension)));
        }

        private void Take(SearchStep<SearchState> step)
        {
            Assert.Empty(step.Errors);
            Created.AddRange(step.Actions.Cast<SearchAction.CreateRun>());
            State = IsStored ? SearchState.FromJson(step.State.ToJson(), step.State.Spec!) : step.State;
        }
    }
}
