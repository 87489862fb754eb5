using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests;

/// <summary>Collects log messages.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Exception? Exception)> _entries = new();
    private readonly ConcurrentQueue<(Func<string, bool> Wanted, TaskCompletionSource Found)> _waiting = new();

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => new Collector(this);

    public IReadOnlyList<string> Messages(LogLevel level) => [.. _entries.Where(entry => entry.Level == level).Select(entry => entry.Message)];

    public IReadOnlyList<Exception> Exceptions => [.. _entries.Select(entry => entry.Exception).OfType<Exception>()];

    /// <summary>Completes when a message that is <paramref name="wanted"/> has been logged.</summary>
    public async Task WaitForAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((wanted, found));
        if (_entries.Any(entry => wanted(entry.Message)))
        {
            return;
        }

        await found.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string message, Exception? exception)
    {
        _entries.Enqueue((level, message, exception));
        foreach ((Func<string, bool> wanted, TaskCompletionSource found) in _waiting)
        {
            if (wanted(message))
            {
                found.TrySetResult();
            }
        }
    }

    private sealed class Collector(LogCollector owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Add(logLevel, formatter(state, exception), exception);
    }
}
