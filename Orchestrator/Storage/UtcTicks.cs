using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Experiments.Orchestrator.Storage;

/// <summary>Times are stored as UTC ticks: exact, small, and in the order of time.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    time => time.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
