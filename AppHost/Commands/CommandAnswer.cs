using System.Globalization;

namespace Experiments.AppHost.Commands;

/// <summary>Converts the API's response to the result of a command.</summary>
internal static class CommandAnswer
{
    public static async Task<ExecuteCommandResult> OfAsync(HttpCommandResultContext context)
    {
        string body = await context.Response.Content.ReadAsStringAsync(context.CancellationToken);
        return context.Response.IsSuccessStatusCode
            ? CommandResults.Success()
            : CommandResults.Failure(string.Create(CultureInfo.InvariantCulture, $"The API answered {(int)context.Response.StatusCode}: {body}"));
    }
}
