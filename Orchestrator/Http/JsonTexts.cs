using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Orchestrator.Http;

/// <summary>Refuses unpaired surrogates: JSON can write them as <c>\ud800</c>, but they are not valid text and fail wherever they are read.</summary>
internal static class JsonTexts
{
    /// <exception cref="ApiException">A string or a key is not valid Unicode.</exception>
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
