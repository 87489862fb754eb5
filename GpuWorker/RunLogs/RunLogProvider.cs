using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// Stores log entries written within the scope of an <see cref="AttemptLog"/> with its run, and ignores all others: in Standalone, the Orchestrator and
/// the dashboard log in the same process. Independent of the console logger; its levels have their own filter.
/// </summary>
[ProviderAlias("RunLog")]
public sealed class RunLogProvider(RunLogQueue queue, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new RunLogger(this);

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string message, Exception? exception)
    {
        if (FindAttempt() is { } attempt)
        {
            attempt.Add(time.GetUtcNow(), LevelOf(level), message, exception?.ToString(), line => queue.TryAdd(attempt, line));
        }
    }

    private bool IsWithinAttempt() => FindAttempt() is not null;

    private AttemptLog? FindAttempt()
    {
        var found = new Found();
        _scopes.ForEachScope(static (scope, found) => found.Attempt = scope as AttemptLog ?? found.Attempt, found);
        return found.Attempt;
    }

    private static RunLogLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Error or LogLevel.Critical => RunLogLevel.Error,
        LogLevel.Warning => RunLogLevel.Warning,
        _ => RunLogLevel.Information,
    };

    private sealed class Found
    {
        public AttemptLog? Attempt { get; set; }
    }

    private sealed class RunLogger(RunLogProvider provider) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None && provider.IsWithinAttempt();

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Add(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
