using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Experiments.Orchestrator.Storage;

/// <summary>Stores times as UTC ticks: exact, small, and sortable.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    time => time.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
