using System.Security.Claims;
using Experiments.Contracts.Api;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Access;

/// <summary>The identity of a caller.</summary>
public static class AccessClaims
{
    /// <summary>
    /// The address of the browser in whose name a dashboard calls. Anyone can send it: the audit log shows it next to the address of the connection.
    /// </summary>
    public const string UserAddressHeader = "Experiments-User-Address";

    private const string TokenId = "tokenId";
    private const string TokenName = "tokenName";

    /// <summary>The identity of the holder of a token.</summary>
    /// <param name="scheme">The authentication scheme that checked it.</param>
    public static ClaimsIdentity Create(string scheme, string user, TokenRole role, string tokenId, string tokenName, params IEnumerable<Claim> others) => new(
        [new(ClaimTypes.Name, user), new(ClaimTypes.Role, EnumText.Of(role)), new(TokenId, tokenId), new(TokenName, tokenName), .. others],
        scheme);

    /// <summary>The id of the caller's token; null for a caller without one.</summary>
    public static string? FindTokenId(this ClaimsPrincipal caller) => caller.FindFirstValue(TokenId);

    /// <summary>The name of the caller's token; null for a caller without one.</summary>
    public static string? FindTokenName(this ClaimsPrincipal caller) => caller.FindFirstValue(TokenName);

    /// <summary>The caller's role; null for a caller without one.</summary>
    public static TokenRole? FindRole(this ClaimsPrincipal caller) =>
        Enum.TryParse(caller.FindFirstValue(ClaimTypes.Role), ignoreCase: true, out TokenRole role) ? role : null;
}
