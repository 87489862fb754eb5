using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http.Description;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services)
    {
        // Numbers in texts are accepted otherwise, and the document says so of every number.
        services.Configure<JsonOptions>(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(options =>
        {
            // The newest version that generators of clients read.
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
            options.CreateSchemaReferenceId = SchemaTransformer.NameOf;
            options.AddSchemaTransformer<SchemaTransformer>();
            options.AddOperationTransformer<RequestTransformer>();
            options.AddDocumentTransformer<ReferenceTransformer>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Experiments", Version = "v1", Description = "Launch sweeps of training runs, watch and compare them." };
                return Task.CompletedTask;
            });
        });
    }
}
