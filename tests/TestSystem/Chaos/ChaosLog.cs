using System.Globalization;
using Experiments.TestServers;

namespace Experiments.TestSystem.Chaos;

/// <summary>An injected fault.</summary>
/// <param name="RecoveredAt">When its victim had recovered.</param>
public sealed record Injection(Fault Fault, DateTimeOffset At, DateTimeOffset RecoveredAt);

/// <summary>The faults and findings in chronological order.</summary>
internal sealed class ChaosLog(string file, Action<string> tell)
{
    private readonly ProcessLog _file = new(file);
    private readonly Lock _gate = new();
    private readonly List<Injection> _injections = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<Injection> Injections
    {
        get
        {
            lock (_gate)
            {
                return [.. _injections];
            }
        }
    }

    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate)
            {
                return [.. _problems];
            }
        }
    }

    public void Note(string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {text}");
        _file.Add(line);
        tell(line);
    }

    public void Problem(string text)
    {
        lock (_gate)
        {
            _problems.Add(text);
        }

        Note($"WRONG: {text}");
    }

    public void Add(Injection injection)
    {
        lock (_gate)
        {
            _injections.Add(injection);
        }
    }
}
