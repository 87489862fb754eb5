using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Access;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Access;

/// <summary>Tokens that the configuration gives, for deployments whose services have to know their tokens before the first start.</summary>
public sealed class ConfiguredTokenOptions
{
    public const string Section = AccessOptions.Section;

    /// <summary>The tokens by name.</summary>
    public Dictionary<string, ConfiguredToken> Tokens { get; init; } = [];
}

/// <summary>A token that the configuration gives.</summary>
public sealed class ConfiguredToken
{
    public string? Secret { get; init; }

    public TokenRole Role { get; init; } = TokenRole.Worker;
}

/// <summary>A secret that can be guessed protects nothing.</summary>
internal sealed class ConfiguredTokenCheck : IValidateOptions<ConfiguredTokenOptions>
{
    /// <summary>128 bits in hexadecimal digits.</summary>
    private const int ShortestSecret = 32;

    public ValidateOptionsResult Validate(string? name, ConfiguredTokenOptions options)
    {
        string[] problems =
        [
            .. options.Tokens.Where(token => (token.Value.Secret ?? "").Length < ShortestSecret).Select(token =>
                $"{ConfiguredTokenOptions.Section}:Tokens:{token.Key}:Secret has {(token.Value.Secret ?? "").Length} characters; allowed: at least {ShortestSecret} random ones (openssl rand -hex 32)"),
            .. options.Tokens.GroupBy(token => token.Value.Secret).Where(same => same.Count() > 1).Select(same =>
                $"{ConfiguredTokenOptions.Section}:Tokens:{string.Join(" and ", same.Select(token => token.Key).Order(StringComparer.Ordinal))} have the same secret; allowed: one of its own for each"),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
