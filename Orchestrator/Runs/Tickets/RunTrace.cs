using System.Diagnostics;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>One trace per run, whichever processes it passes through, linked to the request that launched its sweep.</summary>
internal static class RunTrace
{
    /// <summary>The activity in which a run's ticket is sent; the root of its trace the first time. Null when nobody listens.</summary>
    public static Activity? Start(Run run, Sweep sweep)
    {
        // A parent would make all runs of a batch one trace.
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
