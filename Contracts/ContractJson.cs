using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts;

/// <summary>How services write JSON: camelCase, enums as names, times in UTC.</summary>
public static class ContractJson
{
    /// <summary>Read-only, for serializing without a host.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the settings of <see cref="Options"/> to <paramref name="options"/>.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
