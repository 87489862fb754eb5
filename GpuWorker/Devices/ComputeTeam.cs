using System.Runtime.ExceptionServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// Threads that share a computation with the thread that owns them. They inherit its treatment of denormal numbers, as libtorch's threads do, so that
/// results do not depend on which thread computes a part.
/// </summary>
/// <param name="threads">The number of threads including the owner; at least 1.</param>
internal sealed class ComputeTeam(int threads) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Thread[]? _helpers;
    private Action<int>? _work;
    private int _parts;
    private int _next;
    private Exception? _failure;
    private volatile bool _isClosed;

    /// <summary>Runs <paramref name="work"/> for each number from 0 to <paramref name="parts"/> - 1, each once, on any free thread, and waits.</summary>
    /// <remarks>One call at a time. Threads start with the first call that has more than one part.</remarks>
    /// <exception cref="Exception">The first exception of a part, after all parts have ended.</exception>
    public void Run(int parts, Action<int> work)
    {
        int helpers = Math.Min(threads, parts) - 1;
        (_work, _parts, _next, _failure) = (work, parts, 0, null);
        if (helpers > 0)
        {
            _helpers ??= StartHelpers();
            _start.Release(helpers);
        }

        TakeParts();

        // Every start is answered once, by any helper: after all answers, no thread is working.
        for (int answer = 0; answer < helpers; answer++)
        {
            _done.Wait();
        }

        _work = null;
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _start.Release(threads);
        foreach (Thread helper in _helpers ?? [])
        {
            helper.Join();
        }

        _start.Dispose();
        _done.Dispose();
    }

    private Thread[] StartHelpers()
    {
        Thread[] helpers = [.. Enumerable.Range(1, threads - 1).Select(number => new Thread(Help) { IsBackground = true, Name = $"compute {number}" })];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }

        return helpers;
    }

    private void Help()
    {
        while (true)
        {
            _start.Wait();
            if (_isClosed)
            {
                return;
            }

            TakeParts();
            _done.Release();
        }
    }

    private void TakeParts()
    {
        try
        {
            for (int part = Interlocked.Increment(ref _next) - 1; part < _parts; part = Interlocked.Increment(ref _next) - 1)
            {
                _work!(part);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure ??= e;
            }
        }
    }
}
