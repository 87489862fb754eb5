using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Tests.Artifacts.Space;

public sealed class SpaceLogTests
{
    private readonly Surroundings _around = new();

    [Fact]
    public void Shortage_AskedAgainAndAgain_IsLoggedWhenItBeginsAndWhenItEnds()
    {
        using var folder = new TempFolder();
        var artifacts = new ArtifactFolder(folder.Path);
        var budget = new SpaceBudget(
            artifacts, new ArtifactUsage(artifacts, NullLogger<ArtifactUsage>.Instance), _around, Options.Create(new ArtifactOptions { MinFreeBytes = 100 }), _around);

        foreach (long free in (long[])[100, 100, 99, 98, 99, 100, 200, 5])
        {
            _around.Free = free;
            Assert.Equal(free < 100, budget.FindShortage() is not null);
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning], _around.Lines.Select(line => line.Level));
        Assert.Contains("99 bytes free; Artifacts:MinFreeBytes asks for 100", _around.Lines[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shortage_DiskThatTellsNothing_IsNone()
    {
        using var folder = new TempFolder();
        var artifacts = new ArtifactFolder(folder.Path);
        Assert.Null(new SpaceBudget(
            artifacts, new ArtifactUsage(artifacts, NullLogger<ArtifactUsage>.Instance), _around, Options.Create(new ArtifactOptions()), _around).FindShortage());
    }

    private sealed class Surroundings : IDiskSpace, ILogger<SpaceBudget>
    {
        public long? Free { get; set; }

        public List<(LogLevel Level, string Message)> Lines { get; } = [];

        public long? FreeBytes(string folder) => Free;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
