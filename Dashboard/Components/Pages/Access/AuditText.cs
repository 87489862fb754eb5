using System.Text.RegularExpressions;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Access;

/// <summary>Describes entries of the audit log. Pure.</summary>
internal static partial class AuditText
{
    /// <summary>The operation as words: <c>CancelRun</c> is "Cancel run".</summary>
    public static string Action(AuditEntryView entry)
    {
        string words = WordStart().Replace(entry.Action, " ").ToLowerInvariant();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static string Outcome(AuditEntryView entry) => entry.Status switch
    {
        < 400 => "done",
        401 => "no valid token",
        403 => "not allowed",
        404 => "not found",
        < 500 => "refused",
        _ => "failed",
    };

    public static string Tone(AuditEntryView entry) => entry.Status switch
    {
        < 400 => "badge-good",
        401 or 403 => "badge-bad",
        _ => "badge-warn",
    };

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
