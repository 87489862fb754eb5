using System.Diagnostics;
using OpenTelemetry;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>Keeps successful routine activities from being exported: the processors after this one skip activities that are not recorded.</summary>
internal sealed class RoutineFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Status != ActivityStatusCode.Error && data.IsRoutine())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
