using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>How messages are written.</summary>
internal static class MessageJson
{
    /// <summary>
    /// MassTransit's options with enums as names. A copy, because MassTransit keeps its options in a static field and those
    /// of an earlier bus in this process cannot be changed any more.
    /// </summary>
    public static JsonSerializerOptions Extend(JsonSerializerOptions options)
    {
        if (options.Converters.Any(converter => converter is JsonStringEnumConverter))
        {
            return options;
        }

        var extended = new JsonSerializerOptions(options) { WriteIndented = false };
        ContractJson.Apply(extended);
        return extended;
    }
}
