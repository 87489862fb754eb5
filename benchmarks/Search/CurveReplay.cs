using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Benchmarks.Search;

/// <summary>What a replay led to.</summary>
/// <param name="Epochs">All epochs trained.</param>
/// <param name="Winner">The best of the runs that were trained to the end.</param>
/// <param name="Ends">The final value of each run that was trained to the end, with all epochs trained until then.</param>
/// <param name="BusyWhileStarting">The share of workers' time that trains, until the last configuration starts.</param>
/// <param name="Busy">The same until the last run ends.</param>
internal sealed record ReplayOutcome(int Epochs, int? Winner, IReadOnlyList<(double Value, int Epochs)> Ends, double BusyWhileStarting, double Busy)
{
    /// <summary>All epochs trained until a run ended with a value; null when none did.</summary>
    public int? EpochsUntil(double value) => Ends.Where(end => end.Value >= value).Select(end => (int?)end.Epochs).FirstOrDefault();
}

/// <summary>A sweep over recorded curves in simulated time: a free worker takes a promoted run, otherwise a new one.</summary>
internal sealed class CurveReplay(IReadOnlyList<Curve> curves, IStoppingRule rule, int workers)
{
    private readonly int[] _trained = new int[curves.Count];
    private readonly Queue<int> _promoted = new();
    private readonly PriorityQueue<int, double> _training = new();
    private readonly List<(double Value, int Epochs)> _ends = [];
    private StoppingState _state = StoppingState.Initial;
    private int? _winner;
    private int _epochs;
    private double _busy;
    private double _now;

    public double? LastValue(int run) => _trained[run] == 0 ? null : curves[run].Accuracies[_trained[run] - 1];

    public int LastEpoch(int run) => _trained[run];

    /// <param name="proposed">Configurations by their index; asked for one whenever a worker is free and nothing is promoted.</param>
    public ReplayOutcome Run(IEnumerable<int> proposed)
    {
        using IEnumerator<int> proposals = proposed.GetEnumerator();
        bool hasMore = true;
        double lastStart = 0;
        double busyThen = 0;
        do
        {
            while (_training.Count < workers && (_promoted.Count > 0 || hasMore))
            {
                if (_promoted.TryDequeue(out int promoted))
                {
                    Start(promoted);
                }
                else if (hasMore = proposals.MoveNext())
                {
                    (lastStart, busyThen) = (_now, _busy - _training.UnorderedItems.Sum(item => item.Priority - _now));
                    Apply(new StoppingEvent.Created(proposals.Current));
                    Start(proposals.Current);
                }
            }

            if (_training.Count > 0)
            {
                _training.TryDequeue(out int run, out _now);
                EndEpoch(run);
            }
            else
            {
                Apply(new StoppingEvent.Idle());
            }
        }
        while (_training.Count > 0 || _promoted.Count > 0 || hasMore);

        return new ReplayOutcome(_epochs, _winner, _ends, lastStart == 0 ? 1 : busyThen / (workers * lastStart), _busy / (workers * _now));
    }

    private void Start(int run)
    {
        _busy += curves[run].SecondsPerEpoch;
        _training.Enqueue(run, _now + curves[run].SecondsPerEpoch);
    }

    private void EndEpoch(int run)
    {
        Curve curve = curves[run];
        _epochs++;
        int epoch = ++_trained[run];
        Apply(new StoppingEvent.Reported(run, epoch, curve.Accuracies[epoch - 1]));
        if (epoch == curve.Accuracies.Count)
        {
            Apply(new StoppingEvent.Ended(run));
            _ends.Add((curve.Final, _epochs));
            _winner = _winner is { } winner && curves[winner].Final >= curve.Final ? winner : run;
        }
        else if (_state.Runs[run].Phase == RunPhase.UnderWay && !_promoted.Contains(run))
        {
            Start(run);
        }
    }

    private void Apply(StoppingEvent @event)
    {
        StoppingStep step = rule.Apply(_state, @event);
        _state = step.State;
        foreach (StoppingAction action in step.Actions.Where(action => action.Decision == StoppingDecision.Promote))
        {
            _promoted.Enqueue(action.Run);
        }
    }
}
