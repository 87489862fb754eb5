using System.Text.Json;
using Experiments.Contracts;

namespace Experiments.Dashboard.Api;

/// <summary>Turns an error response into an <see cref="OrchestratorException"/>.</summary>
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
            // Not problem details: only the status is known.
            return null;
        }
    }

    /// <summary>The parts of RFC 9457 problem details that pages show.</summary>
    private sealed record Problem(string? Title, string? Detail, Dictionary<string, string[]>? Errors);
}
