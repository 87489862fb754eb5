using Experiments.Dashboard.Components.Pages.Runs.Log;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Runs;

/// <content>The search of the log, as in the address.</content>
public sealed partial class RunPage
{
    [SupplyParameterFromQuery]
    public string? LogAttempt { get; set; }

    [SupplyParameterFromQuery]
    public string? LogLevel { get; set; }

    [SupplyParameterFromQuery]
    public string? LogSearch { get; set; }

    private LogState Log => new(NotEmpty(LogAttempt), NotEmpty(LogLevel), NotEmpty(LogSearch));

    private void GoTo(LogState log) =>
        Go((nameof(LogAttempt), log.Attempt), (nameof(LogLevel), log.Level), (nameof(LogSearch), log.Search));

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
