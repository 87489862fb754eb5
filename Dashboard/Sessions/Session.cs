using System.Security.Claims;
using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Access;

namespace Experiments.Dashboard.Sessions;

/// <summary>
/// The user of a request or of an open page, in whose name the Orchestrator is called. Where callers are not identified it never begins, and its user may
/// do everything.
/// </summary>
public sealed class Session
{
    private const string SecretClaim = "token";
    private const string AddressClaim = "address";

    private int _isEnded;

    /// <summary>Raised once, on any thread, when the user's token is no longer valid.</summary>
    public event Action? Ended;

    /// <summary>The secret of the user's token; null where callers are not identified.</summary>
    public string? Token { get; private set; }

    public string? TokenId { get; private set; }

    public string? TokenName { get; private set; }

    /// <summary>Null where callers are not identified.</summary>
    public string? User { get; private set; }

    /// <summary>The address of the user's browser, for the audit log.</summary>
    public string? Address { get; private set; }

    public TokenRole Role { get; private set; } = TokenRole.Owner;

    public bool IsEnded => Volatile.Read(ref _isEnded) != 0;

    /// <summary>The identity that is kept in the cookie, encrypted.</summary>
    public static ClaimsIdentity IdentityOf(MeView me, string token) => AccessClaims.Create(
        AccessRegistration.SessionScheme, me.User ?? "", me.Role, me.TokenId ?? "", me.TokenName ?? "", new Claim(SecretClaim, token));

    /// <summary>The secret in an identity of <see cref="IdentityOf"/>.</summary>
    public static string? TokenOf(ClaimsPrincipal user) => user.FindFirst(SecretClaim)?.Value;

    /// <summary>Notes the address of the current request.</summary>
    public static void SetAddress(ClaimsIdentity identity, string? address)
    {
        identity.TryRemoveClaim(identity.FindFirst(AddressClaim));
        if (address is not null)
        {
            identity.AddClaim(new Claim(AddressClaim, address));
        }
    }

    public void Begin(ClaimsPrincipal user)
    {
        Address = user.FindFirst(AddressClaim)?.Value;
        Token = TokenOf(user);
        (User, TokenId, TokenName) = (user.Identity?.Name, user.FindTokenId(), user.FindTokenName());
        Role = user.FindRole() ?? TokenRole.Viewer;
    }

    /// <summary>For what this process does itself.</summary>
    public void Begin(string token) => Token = token;

    /// <summary>Whether the user has this role, or one that includes it.</summary>
    public bool May(TokenRole role) => Role >= role && Role != TokenRole.Worker;

    /// <summary>The user's token is no longer valid.</summary>
    public void End()
    {
        if (Token is not null && Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            Ended?.Invoke();
        }
    }
}
