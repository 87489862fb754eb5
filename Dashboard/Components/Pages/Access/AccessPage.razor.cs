using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Sessions;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Experiments.Dashboard.Components.Pages.Access;

/// <summary>The tokens of users and workers, for owners.</summary>
public sealed partial class AccessPage : LivePage
{
    private IReadOnlyList<TokenView> _tokens = [];

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private bool IsOwner => Session is { User: not null } && Session.May(TokenRole.Owner);

    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        _tokens = IsOwner ? await Orchestrator.GetTokensAsync(cancellationToken) : [];

    /// <summary>Tokens are not part of the stream of changes.</summary>
    protected override bool Concerns(ChangeEvent change) => false;

    private bool IsValid(TokenView token) => token.RevokedAt is null && (token.ExpiresAt is null || token.ExpiresAt > Now);

    private async Task RevokeAsync(TokenView token)
    {
        bool confirmed = await Dialogs.ConfirmAsync(
            $"Revoke “{token.Name}” of {token.User}?",
            token.Id == Session?.TokenId
                ? "It is the token of this session: you are signed out immediately."
                : "It is refused from now on. Open pages and streams end, and a worker with it hands nothing in any more.",
            confirm: "Revoke", keep: "Keep it");
        if (!confirmed)
        {
            return;
        }

        if (await RequestAsync(problem => Snackbar.Add(problem.Explain(), Severity.Error), () => Orchestrator.RevokeTokenAsync(token.Id, Closing)))
        {
            // Pages of other dashboards follow within half a minute.
            (Services.GetService(typeof(OpenSessions)) as OpenSessions)?.EndOf(token.Id);
            await ReloadAsync();
        }
    }
}
