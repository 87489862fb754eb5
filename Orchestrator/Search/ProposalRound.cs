using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search;

/// <summary>Proposes runs until enough are under way, or all have been proposed.</summary>
internal sealed class ProposalRound
{
    /// <summary>A sampler that repeats itself this often is replaced by even draws, which find what is left.</summary>
    private const int MostRepeated = 20;

    /// <summary>This number of useless draws in a row means that there are hardly any others.</summary>
    private const int MostUseless = 1000;

    private readonly SweepSpec _spec;
    private readonly SearchSpec _search;
    private readonly SweepDimensions _dimensions;
    private readonly GridCombination[] _combinations;
    private readonly List<Proposal> _proposals;
    private readonly HashSet<int> _exhausted;
    private readonly Dictionary<Hyperparameters, int> _cells = [];
    private readonly HashSet<Hyperparameters>[] _seen;
    private readonly List<SearchAction> _actions = [];
    private readonly SearchState _before;
    private int _lastCell;
    private int _duplicates;

    public ProposalRound(SearchState state)
    {
        _before = state;
        _spec = state.Spec!;
        _search = _spec.Search!;
        _dimensions = new SweepDimensions(_spec.Space);
        _combinations = [.. SpaceExpansion.Combinations(_spec)];
        _proposals = [.. state.Proposals];
        _exhausted = [.. state.Exhausted];
        _seen = [.. _combinations.Select(_ => new HashSet<Hyperparameters>())];
        (_lastCell, _duplicates) = (state.LastCell, state.Duplicates);
        foreach (Proposal proposal in _proposals)
        {
            Hyperparameters settled = _combinations[proposal.Combination].With(_dimensions.ValuesOf(PointOf(proposal))).Settled;
            _seen[proposal.Combination].Add(settled);
            _cells.TryAdd(settled, proposal.Cell);
        }
    }

    public IReadOnlyList<SearchAction> Actions => _actions;

    /// <summary>By path; empty when there are none.</summary>
    public Dictionary<string, string[]> Errors { get; } = [];

    public SearchState State => _before with { LastCell = _lastCell, Duplicates = _duplicates, Proposals = _proposals, Exhausted = [.. _exhausted.Order()] };

    /// <summary>Combinations with the fewest proposals come first, so that all get their first runs at the same time.</summary>
    public void Fill()
    {
        while (NextCombination() is { } combination)
        {
            if (!TryPropose(combination))
            {
                _exhausted.Add(combination);
            }
        }
    }

    private int? NextCombination()
    {
        int[] counts = new int[_combinations.Length];
        foreach (Proposal proposal in _proposals)
        {
            counts[proposal.Combination]++;
        }

        bool hasRoom = UnderWay() < (_search.Parallel ?? _spec.MaxConcurrency ?? AdaptiveSearch.DefaultParallel);
        int best = -1;
        for (int i = 0; i < counts.Length; i++)
        {
            bool wants = counts[i] < _search.Runs && !_exhausted.Contains(i) && (hasRoom || counts[i] < AdaptiveSearch.StartupRuns);
            best = wants && (best < 0 || counts[i] < counts[best]) ? i : best;
        }

        return best < 0 ? null : best;
    }

    private bool TryPropose(int combination)
    {
        Proposal[] own = [.. _proposals.Where(proposal => proposal.Combination == combination)];
        Trial[] history = [.. own.Where(proposal => proposal.Outcome != ProposalOutcome.Unknown).Select(TrialOf)];
        int first = own.Length == 0 ? 0 : own.Max(proposal => proposal.Index) + 1;
        string? problem = null;
        for (int useless = 0; useless < MostUseless; useless++)
        {
            int index = first + useless;
            ISampler sampler = useless < MostRepeated ? TpeSampler.Instance : QuasirandomSampler.Instance;
            Point point = _dimensions.Round(sampler.Propose(_dimensions.Space, (ulong)_search.Seed, index, history));
            DrawnConfiguration drawn = _combinations[combination].With(_dimensions.ValuesOf(point));
            problem ??= drawn.Problem;
            if (drawn is { Problem: null, IsExcluded: false } && _seen[combination].Add(drawn.Settled))
            {
                Add(new Proposal(0, combination, index, point.Values) { Known = history.Count(trial => trial.Value is not null), UnderWay = UnderWay() }, drawn);
                return true;
            }
        }

        if (own.Length == 0)
        {
            RefuseEmpty(combination, problem);
        }

        return false;
    }

    /// <summary>A configuration that another combination has already tried is the same run.</summary>
    private void Add(Proposal proposal, DrawnConfiguration drawn)
    {
        if (_cells.TryGetValue(drawn.Settled, out int cell))
        {
            Proposal same = _proposals.First(other => other.Cell == cell);
            _duplicates++;
            _proposals.Add(proposal with { Cell = cell, Outcome = same.Outcome, Value = same.Value });
            return;
        }

        _cells.Add(drawn.Settled, ++_lastCell);
        _proposals.Add(proposal with { Cell = _lastCell });
        _actions.Add(new SearchAction.CreateRun(_lastCell, drawn.Resolved) { Grid = _combinations[proposal.Combination].Grid });
    }

    private void RefuseEmpty(int combination, string? problem)
    {
        string which = _combinations.Length > 1 ? $"combination {combination + 1} of the grid: " : "";
        Errors[problem is null ? "exclude" : "space"] =
            [problem is null ? $"{which}no draws left: all of them are excluded; allowed: exclusions that leave some" : $"{which}no draw is possible: {problem}"];
    }

    private int UnderWay() => _proposals.Where(proposal => proposal.Outcome == ProposalOutcome.UnderWay).Select(proposal => proposal.Cell).Distinct().Count();

    /// <summary>Larger values are better for a sampler.</summary>
    private Trial TrialOf(Proposal proposal) => new(PointOf(proposal), proposal.Outcome switch
    {
        ProposalOutcome.Measured when proposal.Value is { } value => _spec.Objective.Goal == Goal.Maximize ? value : -value,
        ProposalOutcome.UnderWay => null,
        _ => double.NegativeInfinity,
    });

    private static Point PointOf(Proposal proposal) => new([.. proposal.Point]);
}
