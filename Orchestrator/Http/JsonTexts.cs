using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Orchestrator.Http;

/// <summary>JSON can write half of a character with <c>\ud800</c>, which is no text and fails wherever it is read.</summary>
internal static class JsonTexts
{
    /// <exception cref="ApiException">A text or a key is not Unicode.</exception>
    public static void Require(JsonElement json)
    {
        try
        {
            Read(json);
        }
        catch (InvalidOperationException)
        {
            throw ApiException.BadRequest(SpecErrors.Root, "half of a character: an escape from \\ud800 to \\udfff without its other half; allowed: both or neither");
        }
    }

    private static void Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement element in json.EnumerateArray())
                {
                    Read(element);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    _ = property.Name;
                    Read(property.Value);
                }

                break;
        }
    }
}
