using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http.Description;

/// <summary>Adds what the types do not show: the output of their converters, and that responses always contain all properties.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    private static readonly Dictionary<Type, Func<OpenApiSchema>> Written = new()
    {
        [typeof(JsonElement)] = () => new OpenApiSchema(),
        [typeof(ColumnValue)] = () => new OpenApiSchema(),
        [typeof(SeriesPoint)] = () => Point("`[step, value]`, `[step, value, time]` or `[step, value, time or null, attempt]`", 2),
        [typeof(GroupPoint)] = () => Point("`[step, mean, deviation or null, runs]`", 4),
        [typeof(DateTimeOffset)] = () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        [typeof(TextList)] = () => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };

    /// <summary>The name of a type's schema among the components; null for a type whose schema is inlined.</summary>
    public static string? NameOf(JsonTypeInfo type) =>
        Written.ContainsKey(type.Type) || type.Type == typeof(IFormFile) || type.Type == typeof(Stream) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (Written.TryGetValue(type, out Func<OpenApiSchema>? written))
        {
            OpenApiSchema shown = written();
            (schema.Type, schema.Format, schema.Items, schema.Description) = (shown.Type, shown.Format, shown.Items, schema.Description ?? shown.Description);
            (schema.MinItems, schema.MaxItems, schema.Properties, schema.Required) = (shown.MinItems, shown.MaxItems, null, null);
            if (type != context.JsonTypeInfo.Type)
            {
                schema.Type |= JsonSchemaType.Null;
            }
        }
        else if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. (schema.Enum ?? []).Where(value => value is not null && value.GetValueKind() != JsonValueKind.Null)];
        }
        else if (context.JsonTypeInfo.ElementType is { } element && Written.TryGetValue(element, out Func<OpenApiSchema>? writtenElement))
        {
            // The framework omits the schemas of these elements.
            if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
            {
                schema.Items = writtenElement();
            }
            else
            {
                schema.AdditionalProperties = writtenElement();
            }
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && type.Assembly == typeof(ContractJson).Assembly && context.ParameterDescription is null)
        {
            schema.Required = context.JsonTypeInfo.Properties.Where(IsAlwaysWritten).Select(property => property.Name).ToHashSet();
        }

        return Task.CompletedTask;
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is not { Length: > 0 };

    private static OpenApiSchema Point(string form, int fewest) => new()
    {
        Type = JsonSchemaType.Array,
        Description = form,
        Items = new OpenApiSchema(),
        MinItems = fewest,
        MaxItems = 4,
    };
}
