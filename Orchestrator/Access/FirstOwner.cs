using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Access;

namespace Experiments.Orchestrator.Access;

/// <summary>
/// Creates a token for the first owner, and prints it as a link: to the terminal, not to the log, which may be kept and sent elsewhere. While no owner
/// has used a token, each start prints another one, so that a lost link locks no one out.
/// </summary>
internal sealed class FirstOwner(TokenTable tokens, IConfiguration configuration, TextWriter? output = null) : IHostedLifecycleService
{
    /// <summary>The setting with the address of the dashboard that the link leads to.</summary>
    public const string DashboardKey = $"{AccessOptions.Section}:Dashboard";

    public const string DefaultDashboard = "http://localhost:5082";

    private const string Name = "first start";
    private const string User = "owner";

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        KnownToken[] owners = [.. tokens.All.Where(token => token.Role == TokenRole.Owner)];
        if (owners.Any(owner => owner.IsConfigured || owner.Name != Name || owner.LastUsedAt is not null))
        {
            return;
        }

        foreach (KnownToken unused in owners)
        {
            await tokens.RevokeAsync(unused.Id, cancellationToken);
        }

        (_, string secret) = await tokens.CreateAsync(Name, User, TokenRole.Owner, expiresAt: null, cancellationToken);
        string dashboard = configuration[DashboardKey] is { Length: > 0 } given ? given.TrimEnd('/') : DefaultDashboard;
        await (output ?? Console.Out).WriteLineAsync($"Sign in as owner (shown only now): {dashboard}/login?token={secret}");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
