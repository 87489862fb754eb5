using System.Buffers;
using System.Text;
using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>
/// The resolved configuration of a run as JSON: every hyperparameter by name, and <c>dataset</c>. This form is
/// stored and shown.
/// </summary>
public static class RunConfig
{
    /// <summary>The JSON key of the data set, next to the names of the hyperparameters.</summary>
    public const string DatasetKey = "dataset";

    /// <summary>Writes every hyperparameter, defaults included.</summary>
    public static string ToJson(Hyperparameters hyperparameters, DatasetSpec dataset)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (HyperparameterDefinition definition in HyperparameterCatalog.All)
            {
                writer.WritePropertyName(definition.Name);
                definition.Write(writer, definition.Get(hyperparameters));
            }

            writer.WritePropertyName(DatasetKey);
            DatasetBlock.Write(writer, dataset);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A value that is a list, as its hyperparameter shows it; null for any other value.</summary>
    public static string? DescribeList(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && HyperparameterCatalog.Find(key) is { } definition
        && definition.TryRead(value, out object? list, out _)
            ? definition.Describe(list)
            : null;

    /// <summary>Reads what <see cref="ToJson"/> wrote; hyperparameters that did not exist yet get their default.</summary>
    /// <exception cref="FormatException">The JSON is invalid, or was written by a version that allowed values that this one refuses.</exception>
    public static (Hyperparameters Hyperparameters, DatasetSpec Dataset) FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : throw Unreadable("it is not a mapping");
        }
        catch (JsonException exception)
        {
            throw new FormatException("the stored configuration cannot be read: it is not JSON", exception);
        }
    }

    private static (Hyperparameters Hyperparameters, DatasetSpec Dataset) Read(JsonElement config)
    {
        var errors = new SpecErrors();
        var hyperparameters = Hyperparameters.Default;
        DatasetSpec? dataset = null;
        foreach (JsonProperty property in config.EnumerateObject())
        {
            if (property.Name == DatasetKey)
            {
                dataset = DatasetBlock.Read(property.Value, errors);
            }
            else if (HyperparameterCatalog.Find(property.Name) is not { } definition)
            {
                throw Unreadable($"{property.Name}: there is no such hyperparameter");
            }
            else if (definition.TryRead(property.Value, out object? value, out string problem))
            {
                hyperparameters = definition.Set(hyperparameters, value);
            }
            else
            {
                throw Unreadable($"{property.Name}: {problem}");
            }
        }

        if (errors.ToDictionary().FirstOrDefault() is { Key: { } path, Value: [{ } first, ..] })
        {
            throw Unreadable($"{path}: {first}");
        }

        return (hyperparameters, dataset ?? throw Unreadable("it names no data set"));
    }

    private static FormatException Unreadable(string why) => new($"the stored configuration cannot be read: {why}");
}
