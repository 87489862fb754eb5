using System.Globalization;
using System.Net;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Api.Access;

/// <summary>
/// Every endpoint, listed by the application itself, is called without a token, with one of each role, an expired and a revoked one. The table says who
/// may: an endpoint that is not in it fails the test.
/// </summary>
public sealed class EndpointWalkTests : IAsyncLifetime
{
    private const string Public = "-vowx";
    private const string All = "vopw";
    private const string Viewers = "vop";
    private const string Operators = "op";
    private const string Owners = "p";
    private const string Workers = "w";

    /// <summary>Who may call which endpoint: viewer (v), operator (o), owner (p) and worker (w).</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["GET /health"] = Public,
        ["GET /alive"] = Public,
        ["GET /openapi/{documentName}.json"] = Viewers,
        ["GET /api/me"] = All,
        ["GET /api/tokens"] = Owners,
        ["POST /api/tokens"] = Owners,
        ["DELETE /api/tokens/{id}"] = Owners,
        ["GET /api/audit"] = Viewers,
        ["GET /api/audit.csv"] = Viewers,
        ["GET /api/events"] = Viewers,
        ["GET /api/augmentations"] = Viewers,
        ["POST /api/augmentations/preview"] = Viewers,
        ["GET /api/datasets"] = Viewers,
        ["GET /api/datasets/{name}"] = Viewers,
        ["DELETE /api/datasets/{name}/check"] = Operators,
        ["GET /api/datasets/{name}/check"] = Viewers,
        ["POST /api/datasets/{name}/check"] = Operators,
        ["GET /api/datasets/{name}/samples"] = Viewers,
        ["GET /api/datasets/{name}/samples/{class}/{number}"] = Viewers,
        ["GET /api/models"] = Viewers,
        ["GET /api/models/{name}"] = Viewers,
        ["GET /api/runs"] = Viewers,
        ["POST /api/runs/bulk"] = Operators,
        ["GET /api/runs/compare"] = Viewers,
        ["GET /api/runs/compare/classes"] = Viewers,
        ["GET /api/runs/compare/mistakes"] = Viewers,
        ["DELETE /api/runs/{id}"] = Operators,
        ["GET /api/runs/{id}"] = Viewers,
        ["PATCH /api/runs/{id}"] = Operators,
        ["GET /api/runs/{id}/artifacts/{name}"] = Viewers,
        ["HEAD /api/runs/{id}/artifacts/{name}"] = Viewers,
        ["GET /api/runs/{id}/attempts"] = Viewers,
        ["GET /api/runs/{id}/attempts/{attempt}/files/{name}"] = All,
        ["HEAD /api/runs/{id}/attempts/{attempt}/files/{name}"] = All,
        ["GET /api/runs/{id}/attempts/{attempt}/uploads/{name}"] = Workers,
        ["PUT /api/runs/{id}/attempts/{attempt}/uploads/{name}"] = Workers,
        ["POST /api/runs/{id}/cancel"] = Operators,
        ["GET /api/runs/{id}/deletion"] = Viewers,
        ["GET /api/runs/{id}/evaluation"] = Viewers,
        ["GET /api/runs/{id}/evaluation/mistakes"] = Viewers,
        ["GET /api/runs/{id}/initialization"] = Viewers,
        ["GET /api/runs/{id}/log"] = Viewers,
        ["GET /api/runs/{id}/log.txt"] = Viewers,
        ["GET /api/runs/{id}/metrics"] = Viewers,
        ["GET /api/runs/{id}/model"] = Viewers,
        ["GET /api/runs/{id}/neighbors"] = Viewers,
        ["POST /api/runs/{id}/predict"] = Viewers,
        ["POST /api/runs/{id}/promote"] = Operators,
        ["POST /api/runs/{id}/retry"] = Operators,
        ["GET /api/storage"] = Viewers,
        ["POST /api/storage/compact"] = Owners,
        ["GET /api/sweeps"] = Viewers,
        ["POST /api/sweeps"] = Operators,
        ["POST /api/sweeps/preview"] = Viewers,
        ["DELETE /api/sweeps/{id}"] = Operators,
        ["GET /api/sweeps/{id}"] = Viewers,
        ["PATCH /api/sweeps/{id}"] = Operators,
        ["GET /api/sweeps/{id}/attempts"] = Viewers,
        ["POST /api/sweeps/{id}/cancel"] = Operators,
        ["GET /api/sweeps/{id}/columns"] = Viewers,
        ["GET /api/sweeps/{id}/deletion"] = Viewers,
        ["POST /api/sweeps/{id}/extend"] = Operators,
        ["POST /api/sweeps/{id}/extend/preview"] = Viewers,
        ["GET /api/sweeps/{id}/importance"] = Viewers,
        ["POST /api/sweeps/{id}/pause"] = Operators,
        ["POST /api/sweeps/{id}/resume"] = Operators,
        ["POST /api/sweeps/{id}/retry-failed"] = Operators,
        ["GET /api/sweeps/{id}/search"] = Viewers,
        ["GET /api/sweeps/{id}/search/rungs"] = Viewers,
        ["GET /api/sweeps/{id}/progress"] = Viewers,
        ["GET /api/sweeps/{id}/spec.yaml"] = Viewers,
        ["GET /api/sweeps/{sweepId}/curves"] = Viewers,
        ["GET /api/sweeps/{sweepId}/failures"] = Viewers,
        ["GET /api/sweeps/{sweepId}/groups"] = Viewers,
        ["GET /api/sweeps/{sweepId}/names"] = Viewers,
        ["GET /api/sweeps/{sweepId}/runs"] = Viewers,
        ["GET /api/sweeps/{sweepId}/runs.csv"] = Viewers,
        ["GET /api/sweeps/{sweepId}/runs.json"] = Viewers,
        ["GET /api/sweeps/{sweepId}/runs/counts"] = Viewers,
        ["GET /api/transforms"] = Viewers,
        ["GET /api/workers"] = Viewers,
        ["POST /api/workers/{id}/drain"] = Operators,
        ["GET /api/workers/{id}/history"] = Viewers,
        ["POST /api/workers/{id}/readmit"] = Operators,
    };

    private readonly Dictionary<string, string?> _tokens = [];
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private AccessHost _access = null!;

    private IEnumerable<(string Method, string Pattern)> Endpoints =>
        from endpoint in _access.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'));

    public async ValueTask InitializeAsync()
    {
        _access = await AccessHost.StartAsync(time: _time);
        _tokens["-"] = null;
        _tokens["v"] = (await _access.CreateAsync(TokenRole.Viewer)).Token;
        _tokens["o"] = (await _access.CreateAsync(TokenRole.Operator)).Token;
        _tokens["p"] = (await _access.CreateAsync(TokenRole.Owner)).Token;
        _tokens["w"] = (await _access.CreateAsync(TokenRole.Worker)).Token;
        NewToken revoked = await _access.CreateAsync(TokenRole.Owner);
        await _access.RevokeAsync(revoked);
        _tokens["revoked"] = revoked.Token;
        _tokens["expired"] = (await _access.CreateAsync(TokenRole.Owner, expiresAt: _time.GetUtcNow().AddMinutes(1))).Token;
        _tokens["wrong"] = "exp_wrong";
        _time.Advance(TimeSpan.FromMinutes(2));
    }

    public ValueTask DisposeAsync() => _access.DisposeAsync();

    [Fact]
    public void Table_NamesEveryEndpoint() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Endpoints.Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Walk_EveryEndpointWithEveryCaller_IsAnsweredOnlyToThoseWhoMay()
    {
        List<string> wrong = [];
        foreach ((string method, string pattern) in Endpoints)
        {
            string allowed = Allowed.GetValueOrDefault($"{method} {pattern}", "");
            foreach ((string caller, string? token) in _tokens)
            {
                using HttpResponseMessage response = await _access.SendAsync(token, new HttpMethod(method), PathOf(pattern));
                HttpStatusCode? refusal = allowed == Public || allowed.Contains(caller, StringComparison.Ordinal) ? null
                    : caller.Length > 1 || caller == "-" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                bool isRefused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
                if (refusal is { } status ? response.StatusCode != status || response.Content.Headers.ContentType?.MediaType != "application/problem+json" : isRefused)
                {
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{method} {pattern} as {caller}: {(int)response.StatusCode}, not {(object?)refusal ?? "allowed"}"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("GET", "/no/such/page")]
    [InlineData("GET", "/api/no-such-call")]
    [InlineData("DELETE", "/api/sweeps")]
    public async Task Walk_AddressWithoutAnEndpoint_IsClosedWithoutAToken(string method, string path)
    {
        using HttpResponseMessage response = await _access.SendAsync(null, new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static string PathOf(string pattern) => string.Join('/', pattern.Split('/').Select(part =>
        part.StartsWith("{documentName", StringComparison.Ordinal) ? "v1.json" : part.StartsWith('{') ? "1" : part));
}
