using System.Text.Json;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Checks answers to invalid requests.</summary>
internal static class HostileAnswers
{
    /// <summary>True for problem details (RFC 9457) with the status of the answer and a title.</summary>
    /// <param name="withErrors">Whether they must say what is wrong, and where.</param>
    public static bool IsProblem(HttpResponseMessage response, string answer, bool withErrors)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return false;
        }

        using var problem = JsonDocument.Parse(answer);
        return problem.RootElement.GetProperty("status").GetInt32() == (int)response.StatusCode
            && problem.RootElement.GetProperty("title").GetString()!.Length > 0
            && (!withErrors || HasErrors(problem.RootElement));
    }

    private static bool HasErrors(JsonElement problem) =>
        problem.TryGetProperty("errors", out JsonElement errors)
        && errors.EnumerateObject().Any()
        && errors.EnumerateObject().All(error => error.Value.GetArrayLength() > 0 && error.Value[0].GetString()!.Length > 0);
}
