using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Formatting;

/// <summary>What the holder of a token may do. Pure.</summary>
public static class RoleText
{
    public static string Of(TokenRole role) => role switch
    {
        TokenRole.Viewer => "Viewer",
        TokenRole.Operator => "Operator",
        TokenRole.Owner => "Owner",
        TokenRole.Worker => "Worker",
        _ => role.ToString(),
    };

    public static string Explain(TokenRole role) => role switch
    {
        TokenRole.Viewer => "reads everything",
        TokenRole.Operator => "launches and changes sweeps, runs and workers",
        TokenRole.Owner => "manages tokens, too",
        TokenRole.Worker => "claims runs and reports; for the setting Access:Token of a worker",
        _ => "",
    };
}
