using System.Net;

namespace Experiments.Dashboard.Api;

/// <summary>A call to the Orchestrator did not do what was asked; the message is a sentence for the user.</summary>
public sealed class OrchestratorException : Exception
{
    /// <summary>The title of every answer to a request that is not valid.</summary>
    private const string InvalidRequest = "The request is not valid.";

    /// <summary>The path of a request as a whole.</summary>
    private const string Root = "$";

    public OrchestratorException(string message, HttpStatusCode? status, IReadOnlyDictionary<string, string[]>? errors = null, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        Errors = errors ?? new Dictionary<string, string[]>();
    }

    /// <summary>Null when no answer came at all.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>What is wrong with the request, by path; empty where the message says it all.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>True when the Orchestrator did not answer: trying again later may help.</summary>
    public bool IsUnreachable => Status is null or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>True when asking for something else helps, and asking again does not.</summary>
    public bool IsRefused => Status == HttpStatusCode.BadRequest && Errors.Count > 0;

    /// <summary>What is wrong; the message alone where nothing else is told, and not where it says no more than that something is.</summary>
    public string Explain()
    {
        string reasons = string.Join(" ", Errors.Select(error => $"{(error.Key == Root ? "" : $"{error.Key}: ")}{string.Join("; ", error.Value)}."));
        return Errors.Count == 0 ? Message : Message == InvalidRequest ? reasons : $"{Message} {reasons}";
    }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;
}
