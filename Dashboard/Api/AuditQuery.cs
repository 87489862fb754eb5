namespace Experiments.Dashboard.Api;

/// <summary>Which entries of the audit log; null selects all.</summary>
public sealed record AuditQuery(string? Sweep = null, string? Run = null, string? Worker = null, string? User = null, int Skip = 0, int Take = 100)
{
    /// <summary>An address with the selection, and more parameters.</summary>
    internal string AddTo(string address, params IEnumerable<(string Key, string? Value)> others) =>
        QueryText.With(address, [("sweep", Sweep), ("run", Run), ("worker", Worker), ("user", User), .. others]);
}
