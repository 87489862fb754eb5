using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>One process of a worker that follows the protocol of GpuWorker.</summary>
internal sealed partial class SimulatedWorker(World world, string id)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TicketHold = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    private readonly Queue<object> _reports = [];
    private TaskCompletionSource? _frozen;
    private SimulatedAttempt? _current;
    private RunTicket? _inHand;
    private bool _isClosed;
    private bool _isAdmitted = true;

    public string Id => id;

    public bool IsDead { get; private set; }

    /// <summary>Disconnected from the broker; it continues to train.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>True when it has nothing to train and nothing to report.</summary>
    public bool IsIdle => _current is null && _reports.Count == 0;

    public void Start()
    {
        world.Loop.Start(BeatForeverAsync);
        world.Loop.Start(TakeTicketsAsync);
        world.Loop.Start(SendReportsAsync);
    }

    /// <summary>Kill -9: unsent messages are lost.</summary>
    public void Kill()
    {
        IsDead = true;
        LoseConnection();
    }

    /// <summary>Suspends it for a while; then it continues as if nothing had happened.</summary>
    public void Freeze(TimeSpan duration)
    {
        if (_frozen is null)
        {
            _frozen = new TaskCompletionSource();
            LoseConnection();
            world.Loop.After(duration, Thaw);
        }
    }

    public void Thaw()
    {
        TaskCompletionSource? frozen = _frozen;
        _frozen = null;
        frozen?.SetResult();
    }

    /// <summary>The broker redelivers its unacknowledged messages to another consumer.</summary>
    public void LoseConnection()
    {
        if (_inHand is { } ticket)
        {
            _inHand = null;
            world.Broker.PutBack(ticket);
        }
    }

    /// <summary>A notice that an attempt should stop.</summary>
    public void Notify(StopAttempt notice)
    {
        if (!IsDead && _frozen is null && !IsCutOff)
        {
            Apply(notice.RunId, notice.Attempt, notice.Directive);
        }
    }

    /// <summary>SIGTERM: saves a checkpoint, hands back, signs off and ends.</summary>
    public async Task LeaveAsync()
    {
        _isClosed = true;
        _current?.Apply(AttemptDirective.HandBack);
        TimeSpan end = world.Loop.Now + ShutdownTimeout;
        while (!IsIdle && world.Loop.Now < end)
        {
            await PauseAsync(TimeSpan.FromSeconds(0.1));
        }

        await BeatAsync(isLeaving: true);
        Kill();
    }
}
