using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Experiments.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http.Description;

/// <summary>Describes what handlers read with <see cref="Query{T}"/> and <see cref="JsonBody{T}"/>, the parameters of the path, and events.</summary>
internal sealed class RequestTransformer : IOpenApiOperationTransformer
{
    /// <summary>Where the framework keeps the comment of a property whose type has a schema of its own.</summary>
    private const string CommentOfReference = "x-ref-description";

    private const string EventStream = "text/event-stream";
    private static readonly Dictionary<string, OpenApiMediaType> Nothing = [];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Description.HttpMethod == HttpMethods.Head)
        {
            operation.OperationId += "Headers";
        }

        foreach (OpenApiParameter parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            parameter.Description ??= PathParameters.Describe(context.Description.RelativePath!, parameter.Name!);
            parameter.Schema = Given((OpenApiSchema)parameter.Schema!);
        }

        if (metadata.OfType<QueryMetadata>().LastOrDefault() is { Defaults: var defaults })
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(defaults.GetType(), null, cancellationToken);
            foreach (PropertyInfo property in defaults.GetType().GetProperties())
            {
                (operation.Parameters ??= []).Add(await DescribeAsync(property, defaults, schema, context, cancellationToken));
            }
        }

        if (metadata.OfType<BodyMetadata>().LastOrDefault() is { } body && operation.RequestBody is OpenApiRequestBody described)
        {
            OpenApiMediaType only = described.Content!.Values.First();
            described.Content = body.ShownTypes.ToDictionary(type => type, _ => only);
            described.Required = true;
        }

        foreach (KeyValuePair<string, OpenApiMediaType> content in operation.Responses!.Values
            .SelectMany(response => response.Content ?? Nothing).Where(content => content.Key == EventStream))
        {
            // A schema describes the whole body, which is not JSON.
            content.Value.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }
    }

    private static async Task<OpenApiParameter> DescribeAsync(
        PropertyInfo property, QueryParameters defaults, OpenApiSchema all, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        string name = QueryReader.NameOf(property);
        var schema = (OpenApiSchema)all.Properties![name];
        var parameter = new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = schema.Metadata?.FirstOrDefault(entry => entry.Key == CommentOfReference).Value as string ?? schema.Description,
            Example = schema.Examples?.FirstOrDefault(),
            Required = property.GetCustomAttribute<RequiredAttribute>() is not null,
        };
        (schema.Description, schema.Examples) = (null, null);
        if ((Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } type)
        {
            schema = new OpenApiSchema { AllOf = [await ReferAsync(type, context, cancellationToken)] };
        }
        else if (property.PropertyType == typeof(TextList))
        {
            parameter.Description += " Repeated, or separated by commas.";
        }

        schema.Default = property.GetValue(defaults) is { } value and not TextList ? JsonSerializer.SerializeToNode(value, ContractJson.Options) : null;
        parameter.Schema = Given(schema);
        return parameter;
    }

    /// <summary>A parameter may be left out, but is never null. A string with a range is a number that the handler parses itself.</summary>
    private static OpenApiSchema Given(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.Null;
        if (schema is { Type: JsonSchemaType.String, Minimum: not null })
        {
            bool isLong = schema.Maximum?.Length > $"{int.MaxValue}".Length;
            (schema.Type, schema.Format, schema.Maximum) = (JsonSchemaType.Integer, isLong ? "int64" : "int32", isLong ? null : schema.Maximum);
        }

        return schema;
    }

    /// <summary>Adds the schema to the document's components.</summary>
    private static async Task<IOpenApiSchema> ReferAsync(Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        OpenApiSchema schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
        context.Document!.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, context.Document);
    }
}
