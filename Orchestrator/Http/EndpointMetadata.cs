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

    /// <summary>The endpoint returns a file or text of one of these types.</summary>
    public static TBuilder Sends<TBuilder>(this TBuilder endpoint, string contentType, params string[] others)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Stream), [contentType, .. others]));
}
