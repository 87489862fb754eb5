using System.Text.Json;
using Experiments.Contracts;

namespace Experiments.Dashboard.Api;

/// <summary>Turns an answer that is not a success into an <see cref="OrchestratorException"/>.</summary>
internal static class ProblemReader
{
    public static async Task<OrchestratorException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Problem? problem = await TryReadAsync(response, cancellationToken);
        string message = problem?.Detail ?? problem?.Title ?? $"The Orchestrator answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        return new OrchestratorException(message, response.StatusCode, problem?.Errors);
    }

    private static async Task<Problem?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync<Problem>(ContractJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            // Not problem details after all: the status has to do.
            return null;
        }
    }

    /// <summary>RFC 9457, as far as it is shown.</summary>
    private sealed record Problem(string? Title, string? Detail, Dictionary<string, string[]>? Errors);
}
