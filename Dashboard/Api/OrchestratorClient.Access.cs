using System.Globalization;
using Experiments.Contracts;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <summary>Tokens, and the audit log.</summary>
public sealed partial class OrchestratorClient
{
    public Task<MeView> GetMeAsync(CancellationToken cancellationToken) => GetAsync<MeView>("api/me", cancellationToken);

    public Task<IReadOnlyList<TokenView>> GetTokensAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<TokenView>>("api/tokens", cancellationToken);

    public Task<NewToken> CreateTokenAsync(CreateToken request, CancellationToken cancellationToken) =>
        SendAsync<NewToken>(HttpMethod.Post, "api/tokens", JsonContent.Create(request, options: ContractJson.Options), cancellationToken);

    public async Task RevokeTokenAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"api/tokens/{Escape(id)}");
        using HttpResponseMessage response = await OpenAsync(request, cancellationToken);
    }

    public Task<Page<AuditEntryView>> GetAuditAsync(AuditQuery query, CancellationToken cancellationToken) => GetAsync<Page<AuditEntryView>>(
        query.AddTo("api/audit", ("skip", query.Skip.ToString(CultureInfo.InvariantCulture)), ("take", query.Take.ToString(CultureInfo.InvariantCulture))),
        cancellationToken);
}
