using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.ServiceDefaults.Http;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Sends a single request to the Orchestrator, and separates failures worth a retry from permanent ones.</summary>
internal sealed class ArtifactExchange(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the client that finds the Orchestrator.</summary>
    public const string ClientName = "artifacts";

    private const int MostProblemCharacters = 2000;

    /// <summary>The Orchestrator may have to read a large file once before it answers.</summary>
    private static readonly TimeSpan LongestInactivity = TimeSpan.FromSeconds(60);

    /// <param name="accepted">Statuses besides 2xx that <paramref name="read"/> handles.</param>
    /// <exception cref="ArtifactUnreachableException">The request should be retried.</exception>
    /// <exception cref="ArtifactRefusedException">A retry would not help.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    public async Task<T> AskAsync<T>(
        Func<InactivityTimeout, HttpRequestMessage> request,
        Func<HttpResponseMessage, InactivityTimeout, Task<T>> read,
        IReadOnlyList<HttpStatusCode> accepted,
        CancellationToken cancellationToken)
    {
        using var timeout = new InactivityTimeout(LongestInactivity, time, cancellationToken);
        try
        {
            using HttpRequestMessage message = request(timeout);
            using HttpClient client = clients.CreateClient(ClientName);
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            timeout.Restart();
            if (!response.IsSuccessStatusCode && !accepted.Contains(response.StatusCode))
            {
                throw await ProblemAsync(response, timeout.Token);
            }

            return await read(response, timeout);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ArtifactUnreachableException("the Orchestrator does not answer", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or ConnectionLostException or JsonException)
        {
            throw new ArtifactUnreachableException(exception.Message, exception);
        }
    }

    public static async Task<T> ReadJsonAsync<T>(HttpResponseMessage response, InactivityTimeout timeout)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(timeout.Token);
        return await JsonSerializer.DeserializeAsync<T>(body, ContractJson.Options, timeout.Token) ?? throw new JsonException("the answer is empty");
    }

    private static async Task<Exception> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        string message = $"the Orchestrator answers {(int)response.StatusCode} ({response.ReasonPhrase}): {(text.Length > MostProblemCharacters ? text[..MostProblemCharacters] : text)}";
        bool worthAskingAgain = (int)response.StatusCode >= 500 || response.StatusCode is
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Locked
            or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.UnprocessableEntity;
        return worthAskingAgain
            ? new ArtifactUnreachableException(message)
            : new ArtifactRefusedException(message, leaseLost: response.StatusCode == HttpStatusCode.Conflict);
    }
}
