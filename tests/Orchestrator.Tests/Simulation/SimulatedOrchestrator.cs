using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The Orchestrator of a simulation: one process after another on the same database, each with the loops that its host would run.</summary>
internal sealed partial class SimulatedOrchestrator(World world) : IDisposable
{
    private readonly List<OrchestratorProcess> _lives = [];
    private int _life;
    private bool _isRunning;
    private int _underWay;
    private int _stepsToLive;

    /// <summary>True from the end of its startup to its death.</summary>
    public bool IsUp { get; private set; }

    /// <summary>True while it is idle, so that its memory must agree with the database.</summary>
    public bool IsAtRest => IsUp && _underWay == 0;

    public OrchestratorProcess Process => _lives[^1];

    private EventLoop Loop => world.Loop;

    private Luck Luck => world.Luck;

    public void Start()
    {
        int life = _life;
        _isRunning = true;
        _stepsToLive = int.MaxValue;
        _underWay = 0;
        _lives.Add(new OrchestratorProcess(new Surroundings(
            world.Database, Loop.Clock, () => PauseAsync(life), message => SendAsync(life, message), world.Folder.Has)
        { TryShare = world.Folder.TryShare }));
        Loop.Start(() => LiveAsync(life));
    }

    public void Kill()
    {
        if (_isRunning)
        {
            world.Trace?.Invoke("the Orchestrator is killed");
            _life++;
            (_isRunning, IsUp) = (false, false);
            Loop.After(Luck.Between(0.1, 20), Start);
        }
    }

    /// <summary>Schedules its death in the middle of its work, a few storage accesses or messages from now.</summary>
    public void KillSoon() => _stepsToLive = 1 + Luck.Next(12);

    /// <summary>Cancels the scheduled death.</summary>
    public void Spare() => _stepsToLive = int.MaxValue;

    /// <summary>Called at points where it may be killed, such as after a commit that it has not learned of yet.</summary>
    public void Step()
    {
        if (--_stepsToLive == 0)
        {
            Kill();
            throw new ProcessEndedException();
        }
    }

    /// <summary>Runs an action in the current process.</summary>
    /// <returns>False when the process ended before the action did.</returns>
    public async Task<bool> DoAsync(Func<OrchestratorProcess, Task> what)
    {
        int life = _life;
        if (!IsUp)
        {
            return false;
        }

        _underWay++;
        try
        {
            await what(Process);
            return IsAlive(life);
        }
        catch (ProcessEndedException)
        {
            return false;
        }
        finally
        {
            _underWay -= IsAlive(life) ? 1 : 0;
        }
    }

    public async Task<object?> ServeAsync(object request)
    {
        object? answer = null;
        return await DoAsync(async process => answer = request switch
        {
            ClaimRun claim => (await process.Get<RunClaims>().ClaimAsync(claim, CancellationToken.None)).Message,
            Heartbeat heartbeat => await process.Get<Heartbeats>().HandleAsync(heartbeat, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "unexpected request"),
        })
            ? answer
            : null;
    }

    public void Dispose() => _lives.ForEach(life => life.Dispose());

    private bool IsAlive(int life) => life == _life;
}
