using System.Diagnostics;
using OpenTelemetry;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>Keeps routine activities that went well from being exported: the processors behind this one leave out what is not recorded.</summary>
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
