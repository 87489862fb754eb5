namespace Experiments.Orchestrator.Http;

internal static class EndpointMetadata
{
    /// <summary>Tells the OpenAPI document which problems an endpoint may answer with.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            endpoint.ProducesValidationProblem(status);
        }

        return endpoint;
    }
}
