using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>The points of all curves and the lines of all logs, in a separate file: archiving and changes of state never wait for each other.</summary>
public sealed class MetricsContext(DbContextOptions<MetricsContext> options) : DbContext(options)
{
    public DbSet<Series> Series => Set<Series>();

    public DbSet<StoredPoint> Points => Set<StoredPoint>();

    public DbSet<StoredLogLine> LogLines => Set<StoredLogLine>();

    public DbSet<ArchivePosition> ArchivePositions => Set<ArchivePosition>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Series>().HasIndex(s => new { s.RunId, s.Name }).IsUnique();
        modelBuilder.Entity<StoredPoint>(point =>
        {
            point.HasKey(p => new { p.SeriesId, p.Step });
            point.HasOne<Series>().WithMany().HasForeignKey(p => p.SeriesId);
        });
        modelBuilder.Entity<StoredLogLine>().HasKey(line => new { line.RunId, line.Attempt, line.Sequence });
        modelBuilder.Entity<ArchivePosition>().Property(p => p.Id).ValueGeneratedNever();
    }
}
