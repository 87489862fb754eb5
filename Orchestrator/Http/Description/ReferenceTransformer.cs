using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http.Description;

/// <summary>
/// Writes references as generators of clients read them: OpenAPI 3.0 ignores everything next to a reference, such as a description, and the
/// framework writes a reference that may be null as a choice, and files as a schema of their own.
/// </summary>
internal sealed partial class ReferenceTransformer : IOpenApiDocumentTransformer
{
    private const string File = nameof(IFormFile);

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        OpenApiOperation[] operations = [.. document.Paths.Values.SelectMany(path => path.Operations!.Values)];
        IDictionary<string, IOpenApiSchema> schemas = document.Components!.Schemas!;
        schemas.Remove(File);
        HashSet<string> sent = [.. operations.SelectMany(operation => operation.RequestBody?.Content?.Values ?? []).SelectMany(body => SchemasIn(body.Schema!, schemas))];
        foreach ((string id, OpenApiSchema schema) in schemas.Select(entry => (entry.Key, (OpenApiSchema)entry.Value)))
        {
            schema.Description = Plain(schema.Description);
            foreach ((string name, IOpenApiSchema property) in schema.Properties?.ToArray() ?? [])
            {
                schema.Properties![name] = Rewrite(property, mayBeNull: !sent.Contains(id));
            }
        }

        foreach (OpenApiMediaType content in operations.SelectMany(Contents).Where(content => content.Schema is OpenApiSchemaReference { Reference.Id: File }))
        {
            content.Schema = Binary(null);
        }

        return Task.CompletedTask;
    }

    /// <summary>The names of the schema and of those of its properties.</summary>
    private static IEnumerable<string> SchemasIn(IOpenApiSchema schema, IDictionary<string, IOpenApiSchema> all)
    {
        OpenApiSchemaReference[] references = [.. schema.OneOf?.OfType<OpenApiSchemaReference>() ?? [], .. new[] { schema }.OfType<OpenApiSchemaReference>()];
        string[] names = [.. references.Select(reference => reference.Reference.Id!).Where(all.ContainsKey)];
        return names.Concat(names.SelectMany(name => all[name].Properties?.Values ?? []).SelectMany(property => SchemasIn(property, all)));
    }

    private static IEnumerable<OpenApiMediaType> Contents(OpenApiOperation operation) =>
        [.. operation.RequestBody?.Content?.Values ?? [], .. operation.Responses!.Values.SelectMany(response => response.Content?.Values ?? [])];

    private static OpenApiSchema Binary(string? description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    /// <param name="mayBeNull">False in bodies of requests: what is not given is left out there.</param>
    private static IOpenApiSchema Rewrite(IOpenApiSchema schema, bool mayBeNull)
    {
        bool isNullable = schema.OneOf is { Count: 2 } choices && choices.Any(choice => choice.Type == JsonSchemaType.Null);
        if ((isNullable ? schema.OneOf!.OfType<OpenApiSchemaReference>().FirstOrDefault() : schema as OpenApiSchemaReference) is { } reference)
        {
            return reference.Reference.Id == File ? Binary(reference.Description) : new OpenApiSchema
            {
                AllOf = [new OpenApiSchemaReference(reference.Reference.Id!, reference.Reference.HostDocument)],
                Description = Plain(reference.Description ?? schema.Description),
                Extensions = isNullable && mayBeNull ? new Dictionary<string, IOpenApiExtension> { ["nullable"] = new JsonNodeExtension(true) } : null,
            };
        }

        if (schema is OpenApiSchema plain)
        {
            plain.Description = Plain(plain.Description);
            plain.Type &= mayBeNull ? plain.Type : ~JsonSchemaType.Null;
        }

        return schema;
    }

    /// <summary>Properties that a comment refers to have their types in front.</summary>
    private static string? Plain(string? description) =>
        description is null ? null : Reference().Replace(description, match => $"`{JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value)}`");

    [GeneratedRegex(@"\b(?:string|int|long|double|bool|DateTimeOffset|\w+&lt;\S*&gt;)\?? [A-Z]\w*\.([A-Z]\w*)")]
    private static partial Regex Reference();
}
