using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Api;

/// <summary>Reads the body of a request for a new token: <c>{ name, user?, role, expiresAt? }</c>.</summary>
public static class CreateTokenReader
{
    /// <summary>The most characters of a token's name, and of a user's.</summary>
    public const int LongestName = 100;

    private const string Example = "{ name: laptop, user: ada, role: operator, expiresAt: 2027-01-31T00:00:00Z }";

    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out CreateToken? request, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, Read, out request, out errors);

    private static CreateToken? Read(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, Example, errors) is not { } root)
        {
            return null;
        }

        string? name = TakeRequired(root, "name", "what the token is for, such as laptop");
        string? user = root.Take("user") is null ? null : root.TakeText("user", LongestName)?.Trim();
        TokenRole role = TakeRole(root);
        DateTimeOffset? expiresAt = TakeTime(root, "expiresAt");
        root.RefuseOthers();
        return new CreateToken(name ?? "", user, role, expiresAt);
    }

    private static string? TakeRequired(SpecObject root, string key, string allowed)
    {
        if (root.Take(key) is null)
        {
            root.Errors.Add(root.PathOf(key), $"missing; allowed: {allowed}");
            return null;
        }

        return root.TakeText(key, LongestName)?.Trim();
    }

    private static TokenRole TakeRole(SpecObject root)
    {
        IReadOnlyList<string> names = EnumText.All<TokenRole>();
        if (root.Take("role") is null)
        {
            root.Errors.Add(root.PathOf("role"), $"missing; allowed: {string.Join(", ", names)}");
            return default;
        }

        return root.TakeName("role", names) is { } name && EnumText.TryParse(name, out TokenRole role) ? role : default;
    }

    private static DateTimeOffset? TakeTime(SpecObject root, string key)
    {
        if (root.Take(key) is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (json.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
        {
            return time;
        }

        root.Wrong(key, "not a time", json, "a time such as 2027-01-31T00:00:00Z, or null for never");
        return null;
    }
}
