using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Audit;

/// <summary>The sweep, run or worker that a path of the API names.</summary>
internal sealed record AuditTarget(string? SweepId, string? RunId, string? WorkerId)
{
    private const int LongestWorkerId = 200;

    /// <param name="path">Decoded, such as <c>/api/runs/ID/cancel</c>.</param>
    public static AuditTarget Of(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? id = parts.Length > 2 ? parts[2] : null;
        string? entity = EntityId.IsWellFormed(id) ? id : null;
        return (parts.Length > 1 ? parts[1] : "") switch
        {
            "sweeps" => new AuditTarget(entity, null, null),
            "runs" => new AuditTarget(null, entity, null),
            "workers" => new AuditTarget(null, null, id?.Length <= LongestWorkerId ? id : null),
            _ => new AuditTarget(null, null, null),
        };
    }
}
