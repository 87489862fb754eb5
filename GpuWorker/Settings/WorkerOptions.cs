using System.ComponentModel.DataAnnotations;
using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Settings;

/// <summary>How a worker takes part; configuration section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>Names the worker among all others; by default made of host, device and process id.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,100}$", ErrorMessage = "Worker:Id may have 1 to 100 letters, digits, '.', '_' and '-'.")]
    public string? Id { get; set; }

    /// <summary>Seconds between two heartbeats; a third of a lease, so that two may be lost.</summary>
    [SettingRange(Section, 0.05, 3600)]
    public double HeartbeatSeconds { get; set; } = 5;

    /// <summary>
    /// For so many seconds a ticket is held while its run trains: short runs then follow one another without the worker leaving the queue.
    /// Must stay well below the broker's limit on unacknowledged deliveries (30 minutes by default).
    /// </summary>
    [SettingRange(Section, 0, 600)]
    public double TicketHoldSeconds { get; set; } = 20;

    /// <summary>For so many seconds an unanswered claim is repeated before the ticket is given up; the Orchestrator then sends another.</summary>
    [SettingRange(Section, 1, 600)]
    public double ClaimPatienceSeconds { get; set; } = 20;

    /// <summary>On shutdown, for so many seconds the running attempt may save its checkpoint and report.</summary>
    [SettingRange(Section, 0, 3600)]
    public double ShutdownSeconds { get; set; } = 25;

    /// <summary>Whether what is logged during an attempt is kept with its run; a message or more for each run.</summary>
    public bool RunLog { get; set; } = true;
}
