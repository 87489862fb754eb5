using System.Diagnostics;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>One trace per run across all processes, linked to the request that launched its sweep.</summary>
internal static class RunTrace
{
    /// <summary>Starts the activity in which a run's ticket is sent; the first one is the root of the run's trace. Null without a listener.</summary>
    public static Activity? Start(Run run, Sweep sweep)
    {
        // With a parent, all runs of a batch would share one trace.
        Activity.Current = null;
        ActivityContext.TryParse(run.TraceParent, null, out ActivityContext parent);
        ActivityLink[] links = ActivityContext.TryParse(sweep.LaunchTrace, null, out ActivityContext launch) ? [new ActivityLink(launch)] : [];
        Activity? activity = ExperimentsTelemetry.Orchestrator.StartActivity("run ticket", ActivityKind.Producer, parent, links: links);
        activity?.SetTag("sweep.id", run.SweepId);
        activity?.SetTag("run.id", run.Id);
        activity?.SetTag("run.cell", run.Cell);
        Activity.Current = null;
        return activity;
    }
}
