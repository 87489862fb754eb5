using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Access;

/// <summary>The setting that all services of a system share.</summary>
public sealed class AccessOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Access";

    /// <summary>The key of <see cref="Mode"/>.</summary>
    public const string ModeKey = $"{Section}:{nameof(Mode)}";

    /// <summary>How callers are identified.</summary>
    public AccessMode Mode { get; init; } = AccessMode.Open;

    /// <summary>Reads the mode before there are services.</summary>
    public static AccessMode ModeOf(IConfiguration configuration) => configuration.GetValue(ModeKey, AccessMode.Open);
}
