using Experiments.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.ServiceDefaults.Health;

/// <summary>Writes a health report as <c>{ status, checks: { "&lt;name&gt;": { status, description, milliseconds } } }</c>.</summary>
internal static class HealthReportJson
{
    public static Task WriteAsync(HttpContext context, HealthReport report, bool withChecks) => context.Response.WriteAsJsonAsync(
        new Body(report.Status, withChecks ? report.Entries.ToDictionary(entry => entry.Key, entry => Describe(entry.Value)) : []),
        ContractJson.Options,
        context.RequestAborted);

    private static Check Describe(HealthReportEntry entry) => new(
        entry.Status,
        entry.Description ?? entry.Exception?.Message,
        Math.Round(entry.Duration.TotalMilliseconds, 1));

    private sealed record Body(HealthStatus Status, IReadOnlyDictionary<string, Check> Checks);

    private sealed record Check(HealthStatus Status, string? Description, double Milliseconds);
}
