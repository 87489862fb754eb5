using System.Net;

namespace Experiments.Dashboard.Api;

/// <summary>A call to the Orchestrator failed; the message is a sentence for the user.</summary>
public sealed class OrchestratorException : Exception
{
    /// <summary>The title of every response to an invalid request.</summary>
    private const string InvalidRequest = "The request is not valid.";

    /// <summary>The path of a request as a whole.</summary>
    private const string Root = "$";

    public OrchestratorException(string message, HttpStatusCode? status, IReadOnlyDictionary<string, string[]>? errors = null, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        Errors = errors ?? new Dictionary<string, string[]>();
    }

    /// <summary>Null when no response arrived.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Errors of the request by path; empty where the message is enough.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>True when the Orchestrator did not answer. A later retry may succeed.</summary>
    public bool IsUnreachable => Status is null or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>True when the request itself is wrong, so that a retry fails again.</summary>
    public bool IsRefused => Status == HttpStatusCode.BadRequest && Errors.Count > 0;

    /// <summary>The errors; the message if there are no others. A message that only says that the request is invalid is left out.</summary>
    public string Explain()
    {
        string reasons = string.Join(" ", Errors.Select(error => $"{(error.Key == Root ? "" : $"{error.Key}: ")}{string.Join("; ", error.Value)}."));
        return Errors.Count == 0 ? Message : Message == InvalidRequest ? reasons : $"{Message} {reasons}";
    }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;
}
