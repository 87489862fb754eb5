using System.Net;
using System.Net.Http.Json;
using Experiments.Contracts;

namespace Experiments.Dashboard.Tests;

/// <summary>Stub responses of the Orchestrator by prefix of "METHOD path?query".</summary>
internal sealed class StubOrchestrator : HttpMessageHandler
{
    private readonly List<(string Start, Func<HttpRequestMessage, HttpResponseMessage> Answer)> _answers = [];

    /// <summary>While true no request is answered.</summary>
    public bool IsDown { get; set; }

    public List<string> Requests { get; } = [];

    /// <summary>The last request body.</summary>
    public string? LastBody { get; private set; }

    /// <summary>The last body of a PATCH.</summary>
    public string? LastChange { get; private set; }

    public StubOrchestrator On(string start, object answer, HttpStatusCode status = HttpStatusCode.OK) =>
        On(start, _ => new HttpResponseMessage(status) { Content = JsonContent.Create(answer, answer.GetType(), options: ContractJson.Options) });

    /// <summary>A later response replaces an earlier one.</summary>
    public StubOrchestrator On(string start, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answers.Insert(0, (start, answer));
        return this;
    }

    public StubOrchestrator OnProblem(string start, HttpStatusCode status, string title, Dictionary<string, string[]>? errors = null) =>
        On(start, _ => new HttpResponseMessage(status)
        {
            Content = JsonContent.Create(new { title, status = (int)status, errors }, new System.Net.Http.Headers.MediaTypeHeaderValue("application/problem+json")),
        });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new HttpRequestException("connection refused");
        }

        string asked = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Requests.Add(asked);
        LastBody = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        LastChange = request.Method == HttpMethod.Patch ? LastBody : LastChange;
        (string Start, Func<HttpRequestMessage, HttpResponseMessage> Answer) found =
            _answers.Find(answer => asked.StartsWith(answer.Start, StringComparison.Ordinal));
        return found.Answer?.Invoke(request) ?? new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
