using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http.Description;

/// <summary>
/// Writes references as generators of clients read them: OpenAPI 3.0 ignores what stands next to a reference, such as a description, and the
/// framework writes a reference that may be null as a choice, and files as a schema of their own.
/// </summary>
internal sealed partial class ReferenceTransformer : IOpenApiDocumentTransformer
{
    private const string File = nameof(IFormFile);

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (OpenApiSchema schema in document.Components!.Schemas!.Values.OfType<OpenApiSchema>())
        {
            schema.Description = Plain(schema.Description);
            foreach (string name in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Keys.ToArray())
            {
                schema.Properties![name] = Rewrite(schema.Properties[name]);
            }
        }

        IEnumerable<OpenApiOperation> operations = document.Paths.Values.SelectMany(path => path.Operations!.Values);
        foreach (OpenApiMediaType content in operations.SelectMany(Contents).Where(content => content.Schema is OpenApiSchemaReference { Reference.Id: File }))
        {
            content.Schema = Binary(null);
        }

        document.Components.Schemas.Remove(File);
        return Task.CompletedTask;
    }

    private static IEnumerable<OpenApiMediaType> Contents(OpenApiOperation operation) =>
        [.. operation.RequestBody?.Content?.Values ?? [], .. operation.Responses!.Values.SelectMany(response => response.Content?.Values ?? [])];

    private static OpenApiSchema Binary(string? description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    private static IOpenApiSchema Rewrite(IOpenApiSchema schema)
    {
        bool isNullable = schema.OneOf is { Count: 2 } choices && choices.Any(choice => choice.Type == JsonSchemaType.Null);
        if ((isNullable ? schema.OneOf!.OfType<OpenApiSchemaReference>().FirstOrDefault() : schema as OpenApiSchemaReference) is { } reference)
        {
            return reference.Reference.Id == File ? Binary(reference.Description) : new OpenApiSchema
            {
                AllOf = [new OpenApiSchemaReference(reference.Reference.Id!, reference.Reference.HostDocument)],
                Description = Plain(reference.Description ?? schema.Description),
                Type = isNullable ? reference.Type | JsonSchemaType.Null : null,
            };
        }

        if (schema is OpenApiSchema plain)
        {
            plain.Description = Plain(plain.Description);
        }

        return schema;
    }

    /// <summary>Properties that a comment refers to have their types in front.</summary>
    private static string? Plain(string? description) =>
        description is null ? null : Reference().Replace(description, match => $"`{JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value)}`");

    [GeneratedRegex(@"\b(?:string|int|long|double|bool|DateTimeOffset|\w+&lt;\S*&gt;)\?? [A-Z]\w*\.([A-Z]\w*)")]
    private static partial Regex Reference();
}
