using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.State;

/// <summary>The durable state of sweeps, runs, attempts and workers. Written through <see cref="StateWriter"/> only.</summary>
public sealed class StateContext(DbContextOptions<StateContext> options) : DbContext(options)
{
    public DbSet<Sweep> Sweeps => Set<Sweep>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<StoppingRecord> StoppingRecords => Set<StoppingRecord>();

    public DbSet<DeletedRun> DeletedRuns => Set<DeletedRun>();

    public DbSet<InputDigest> InputDigests => Set<InputDigest>();

    public DbSet<WorkerRow> Workers => Set<WorkerRow>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Sweep>(sweep =>
        {
            sweep.Ignore(s => s.Objective);
            sweep.HasIndex(s => s.Status);
        });
        modelBuilder.Entity<Run>(run =>
        {
            run.Ignore(r => r.State);
            run.Ignore(r => r.SourceId);
            run.HasOne<Sweep>().WithMany().HasForeignKey(r => r.SweepId);
            run.HasIndex(r => new { r.SweepId, r.Cell }).IsUnique();

            // Claims take the lowest waiting cell of a sweep. Counts and mean durations are read from the second index alone.
            run.HasIndex(r => new { r.SweepId, r.Status, r.Cell });
            run.HasIndex(r => new { r.SweepId, r.Status, r.TrainedTicks });
            run.HasIndex(r => new { r.SweepId, r.BestObjective });
            run.HasIndex(r => r.ReusedFrom).HasFilter("ReusedFrom IS NOT NULL");

            // Every claim looks for equal runs.
            run.HasIndex(r => r.Key);
            run.HasIndex(r => r.WaitsFor).HasFilter("WaitsFor IS NOT NULL");
            run.HasIndex(r => new { r.SweepId, r.WaitsFor }).HasFilter("WaitsFor IS NOT NULL");

            // Claims of runs that were never trained look for runs that begin alike.
            run.HasIndex(r => r.StageKey).HasFilter("StageKey IS NOT NULL");
            run.HasIndex(r => r.BranchKey).HasFilter("BranchKey IS NOT NULL");

            // Contains only runs that have yet to become Queued: the dispatcher queries it every second.
            run.HasIndex(r => new { r.SweepId, r.Cell }, "IX_Runs_Undispatched").HasFilter($"WaitsFor IS NULL AND Status = {(int)RunStatus.Pending}");
        });
        modelBuilder.Entity<DeletedRun>(deleted =>
        {
            deleted.HasKey(d => d.RunId);
            deleted.HasIndex(d => d.DeletedAt, "IX_DeletedRuns_Pending").HasFilter("RemovedAt IS NULL");
        });
        modelBuilder.Entity<InputDigest>().HasKey(d => new { d.Input, d.Path, d.Stamp });
        modelBuilder.Entity<StoppingRecord>(record =>
        {
            record.HasIndex(r => r.SweepId);
            record.HasIndex(r => r.RunId);
        });
        modelBuilder.Entity<AccessToken>().HasIndex(token => token.Hash).IsUnique();
        modelBuilder.Entity<AuditEntry>(entry =>
        {
            entry.HasIndex(e => e.SweepId).HasFilter("SweepId IS NOT NULL");
            entry.HasIndex(e => e.RunId).HasFilter("RunId IS NOT NULL");
            entry.HasIndex(e => e.WorkerId).HasFilter("WorkerId IS NOT NULL");
            entry.HasIndex(e => e.User);
        });
        modelBuilder.Entity<Attempt>(attempt =>
        {
            attempt.HasKey(a => new { a.RunId, a.Number });
            attempt.HasOne<Run>().WithMany().HasForeignKey(a => a.RunId);
            attempt.HasIndex(a => a.RunId, "IX_Attempts_Open").HasFilter("EndedAt IS NULL");
        });
    }
}
