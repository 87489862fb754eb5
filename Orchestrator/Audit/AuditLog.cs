using System.Net;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Access;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Audit;

/// <summary>
/// Records every call that changes something or was not allowed to, before its answer is sent. It is a middleware around all endpoints, so that none can
/// omit it. The reports and uploads of workers are not recorded here: attempts say which worker did what.
/// </summary>
internal sealed class AuditLog(RequestDelegate next, StateWriter writer, TimeProvider time, ILogger<AuditLog> logger)
{
    private const int LongestPath = 500;

    public async Task InvokeAsync(HttpContext context)
    {
        if (ActionOf(context) is not { } action)
        {
            await next(context);
            return;
        }

        var call = new Call(action, context.Request.Path.Value ?? "");
        context.Response.OnStarting(() => RecordAsync(context, call));
        await next(context);

        // The caller may have gone before there was an answer.
        await RecordAsync(context, call);
    }

    /// <summary>Null for a call that only reads. The endpoint is read now: an exception removes it from the request.</summary>
    private static string? ActionOf(HttpContext context)
    {
        string method = context.Request.Method;
        return !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)
            && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<RequiredPolicy>() is { Name: AccessPolicies.Operator or AccessPolicies.Owner }
            ? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName ?? method
            : null;
    }

    private async Task RecordAsync(HttpContext context, Call call)
    {
        if (call.TrySetRecorded() && !context.Items.ContainsKey(TokenHandler.TooMany))
        {
            AuditEntry[] entries = [.. EntriesOf(context, call)];
            try
            {
                await writer.WriteAsync(unit => StoreAsync(unit, entries), CancellationToken.None);
            }
            catch (Exception exception)
            {
                // The change has been made: its caller gets the answer.
                logger.LogError(exception, "{Action} by {User} could not be recorded", call.Action, context.User.Identity?.Name);
            }
        }
    }

    private IEnumerable<AuditEntry> EntriesOf(HttpContext context, Call call)
    {
        AuditSubject? subject = context.Features.Get<AuditSubject>();
        if (subject is { ChangedNothing: true })
        {
            return [];
        }

        // A new sweep or token is named by the address in the answer.
        string path = context.Response.Headers.Location.ToString() is { Length: > 0 } created ? created : call.Path;
        AuditTarget target = AuditTarget.Of(path);
        return subject is { SweepId: null }
            ? subject.RunIds.Select(id => Entry(context, call.Action, path, target with { RunId = id }))
            : [Entry(context, call.Action, path, target with { SweepId = subject?.SweepId ?? target.SweepId })];
    }

    private AuditEntry Entry(HttpContext context, string action, string path, AuditTarget target) => new()
    {
        Time = time.GetUtcNow(),
        User = context.User.Identity?.Name,
        TokenName = context.User.FindTokenName(),
        Address = AddressOf(context),
        Action = action,
        Path = path.Length <= LongestPath ? path : path[..LongestPath],
        SweepId = target.SweepId,
        RunId = target.RunId,
        WorkerId = target.WorkerId,
        Status = context.Response.StatusCode,
    };

    /// <summary>The address of the connection, and that of the browser if a dashboard names it: <c>10.0.0.2 for 10.0.0.7</c>.</summary>
    private static string? AddressOf(HttpContext context)
    {
        string? connection = Text(context.Connection.RemoteIpAddress);
        return IPAddress.TryParse(context.Request.Headers[AccessClaims.UserAddressHeader].ToString(), out IPAddress? browser) ? $"{connection} for {Text(browser)}" : connection;
    }

    private static string? Text(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    /// <summary>Changes of a run are also found by its sweep, which the path does not name.</summary>
    private static async Task StoreAsync(StateWrite unit, IReadOnlyList<AuditEntry> entries)
    {
        string[] runs = [.. entries.Select(entry => entry.RunId).OfType<string>().Distinct()];
        Dictionary<string, string> sweeps = await unit.Db.Runs.Where(run => runs.Contains(run.Id)).Select(run => new { run.Id, run.SweepId })
            .Union(unit.Db.DeletedRuns.Where(run => runs.Contains(run.RunId)).Select(run => new { Id = run.RunId, run.SweepId }))
            .ToDictionaryAsync(run => run.Id, run => run.SweepId, unit.CancellationToken);
        foreach (AuditEntry entry in entries)
        {
            entry.SweepId ??= entry.RunId is { } run ? sweeps.GetValueOrDefault(run) : null;
            unit.Db.AuditEntries.Add(entry);
        }
    }

    private sealed class Call(string action, string path)
    {
        private int _recorded;

        public string Action { get; } = action;

        public string Path { get; } = path;

        public bool TrySetRecorded() => Interlocked.Exchange(ref _recorded, 1) == 0;
    }
}
