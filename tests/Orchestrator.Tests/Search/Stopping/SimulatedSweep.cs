using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Tests.Search.Stopping;

/// <summary>Runs with made-up curves under a stopping rule, one epoch of one run at a time.</summary>
internal sealed class SimulatedSweep(IStoppingRule rule, int epochs, Func<int, int, double> curve)
{
    private readonly SortedDictionary<int, int> _underWay = [];

    public StoppingState State { get; private set; } = StoppingState.Initial;

    public List<StoppingAction> Actions { get; } = [];

    /// <summary>The epochs that each run was trained.</summary>
    public Dictionary<int, int> Trained { get; } = [];

    public IReadOnlyCollection<int> UnderWay => _underWay.Keys;

    public IEnumerable<int> Held => State.Runs.Where(run => run.Value.Phase is RunPhase.Paused or RunPhase.Stopped).Select(run => run.Key);

    /// <summary>Called before and after each event.</summary>
    public Action<StoppingState, StoppingEvent, StoppingStep>? Seen { get; init; }

    public void Create(int run)
    {
        _underWay[run] = Trained[run] = 0;
        Apply(new StoppingEvent.Created(run));
    }

    /// <summary>Trains an epoch of a run that is under way.</summary>
    public void Train(int run)
    {
        int epoch = ++Trained[run];
        Apply(new StoppingEvent.Reported(run, epoch, curve(run, epoch)));
        if (epoch == epochs)
        {
            Apply(new StoppingEvent.Ended(run));
            _underWay.Remove(run);
        }
    }

    public void Apply(StoppingEvent @event)
    {
        StoppingStep step = rule.Apply(State, @event);
        Seen?.Invoke(State, @event, step);
        State = step.State;
        Actions.AddRange(step.Actions);
        foreach (StoppingAction action in step.Actions)
        {
            switch (action.Decision)
            {
                case StoppingDecision.Promote:
                    _underWay.Add(action.Run, 0);
                    break;
                case StoppingDecision.Pause or StoppingDecision.Stop:
                    _underWay.Remove(action.Run);
                    break;
            }
        }
    }

    /// <summary>Stores the state and reads it again.</summary>
    public void Restart() => State = StoppingState.FromJson(State.ToJson());

    /// <summary>Trains until nothing is under way and the rule promotes nothing more.</summary>
    /// <param name="choose">The index of the next run among those under way.</param>
    public void Finish(Func<int, int> choose)
    {
        do
        {
            while (_underWay.Count > 0)
            {
                Train(_underWay.Keys.ElementAt(choose(_underWay.Count)));
            }

            Apply(new StoppingEvent.Idle());
        }
        while (_underWay.Count > 0);
    }
}
