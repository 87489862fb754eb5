using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Http;

/// <summary>Describes endpoints in the OpenAPI document beyond what their signature shows.</summary>
internal static class EndpointMetadata
{
    /// <summary>The endpoint may answer with these problems.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            endpoint.ProducesValidationProblem(status);
        }

        return endpoint;
    }

    /// <summary>The endpoint answers with a file, or a text, of one of these types.</summary>
    public static TBuilder Sends<TBuilder>(this TBuilder endpoint, string contentType, params string[] others)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [contentType, .. others]));

    /// <summary>The endpoint reads its body with <see cref="JsonBody"/>.</summary>
    public static RouteHandlerBuilder TakesJsonOrYaml(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = JsonBody.ShownTypes.ToDictionary(
                    type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } }),
            };
            return Task.CompletedTask;
        });
}
