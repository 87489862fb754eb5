using System.Security.Claims;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Api.Access;

/// <summary>The caller, and the tokens of all.</summary>
internal static class TokenEndpoints
{
    private const string Open = "open";
    private const string Tokens = "tokens";

    public static void MapTokens(this RouteGroupBuilder api)
    {
        api.MapGet("/me", Me).For(AccessPolicies.Any).WithTags("Access").WithName("GetMe").WithSummary("Who the caller is, and may do");
        RouteGroupBuilder group = api.MapGroup("/tokens").WithTags("Access").For(AccessPolicies.Owner);
        group.MapGet("", ListAsync).WithName("ListTokens").WithSummary("All tokens, without their secrets");
        group.MapPost("", CreateAsync).WithName("CreateToken").Fails(400, 409, 413, 415).WithSummary("Create a token; only this answer has its secret");
        group.MapDelete("/{id}", RevokeAsync).WithName("RevokeToken").Fails(404, 409).WithSummary("Refuse a token from now on, and end what is open with it");
    }

    private static Ok<MeView> Me(ClaimsPrincipal caller, TokenTable tokens) =>
        TypedResults.Ok(caller.FindTokenId() is { } id && caller.FindRole() is { } role
            ? new MeView(Tokens, caller.Identity?.Name, role, id, caller.FindTokenName(), tokens.All.FirstOrDefault(token => token.Id == id)?.ExpiresAt)
            : new MeView(Open, null, TokenRole.Owner, null, null, null));

    private static async Task<Ok<IReadOnlyList<TokenView>>> ListAsync(TokenTable tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok(await tokens.ReadAsync(cancellationToken));

    private static async Task<Created<NewToken>> CreateAsync(
        ClaimsPrincipal caller,
        HttpResponse response,
        JsonBody<CreateToken> body,
        TokenTable tokens,
        IOptions<AccessOptions> access,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        RequireTokens(access);
        CreateToken asked = await body.ReadAsync<CreateToken>(CreateTokenReader.TryRead, cancellationToken);
        if (asked.ExpiresAt <= time.GetUtcNow())
        {
            throw ApiException.BadRequest("expiresAt", $"in the past: \"{asked.ExpiresAt:O}\"; allowed: a later time than {time.GetUtcNow():O}, or null for never");
        }

        string user = asked.User ?? caller.Identity?.Name ?? "";
        (KnownToken token, string secret) = await tokens.CreateAsync(asked.Name, user, asked.Role, asked.ExpiresAt, cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/tokens/{token.Id}", new NewToken(token.Id, token.Name, token.User, token.Role, token.CreatedAt!.Value, token.ExpiresAt, secret));
    }

    private static async Task<NoContent> RevokeAsync(string id, TokenTable tokens, IOptions<AccessOptions> access, CancellationToken cancellationToken)
    {
        RequireTokens(access);
        if (tokens.All.Any(token => token.Id == id && token.IsConfigured))
        {
            throw ApiException.Conflict($"the token \"{Quote.Shorten(id)}\" is given by the setting {ConfiguredTokenOptions.Section}:Tokens; remove it there and restart");
        }

        return await tokens.RevokeAsync(id, cancellationToken) ? TypedResults.NoContent() : throw ApiException.NotFound("token", id);
    }

    /// <summary>While anyone may do everything, no one may prepare a token for later.</summary>
    private static void RequireTokens(IOptions<AccessOptions> access)
    {
        if (access.Value.Mode == AccessMode.Open)
        {
            throw ApiException.Conflict($"{AccessOptions.ModeKey} is open, and tokens have no effect; set it to tokens and restart");
        }
    }
}
