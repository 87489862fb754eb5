using System.Diagnostics;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.ServiceDefaults.Discovery;

/// <summary>
/// Separates a page's requests from the trace of the page's connection, which lasts for hours: a change begins its own trace, and a
/// read is routine. Within an attempt, requests belong to its trace.
/// </summary>
internal sealed class SeparateTraces : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Both end when this method returns: the current activity is local to it.
        if (Activity.Current is { } current && current.Source.Name.StartsWith("Experiments.", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Activity.Current = null;
        using Activity? routine = request.Method == HttpMethod.Get ? RoutineActivity.Start("read") : null;
        return await base.SendAsync(request, cancellationToken);
    }
}
