using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.Orchestrator.Tests.Api;

/// <summary>The OpenAPI document says everything of every endpoint, so that none is forgotten.</summary>
public sealed partial class ApiDescriptionTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task EveryEndpoint_HasAnOperation_WithANameOfItsOwn()
    {
        (string Call, JsonElement Operation)[] operations = await OperationsAsync();

        Assert.NotEmpty(Endpoints());
        Assert.Equal(Endpoints().SelectMany(Calls).Order(StringComparer.Ordinal), operations.Select(operation => operation.Call).Order(StringComparer.Ordinal));
        string[] names = [.. operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()!)];
        Assert.Distinct(names);
        Assert.All(names, name => Assert.Matches("^([A-Z][a-z]+){2,}$", name));
        Assert.All(operations, operation => Assert.NotEmpty(operation.Operation.GetProperty("summary").GetString()!));
    }

    /// <summary>The document cannot describe what a handler reads from the request itself.</summary>
    [Fact]
    public void NoHandler_ReadsTheRequestItself()
    {
        Type[] raw = [typeof(HttpContext), typeof(HttpRequest), typeof(IQueryCollection), typeof(IFormCollection)];

        Assert.DoesNotContain(
            Endpoints().SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<MethodInfo>().GetParameters()), parameter => raw.Contains(parameter.ParameterType));
    }

    [Fact]
    public async Task EveryParameter_IsDescribed()
    {
        ILookup<string, JsonElement> parameters = (await OperationsAsync()).SelectMany(operation => Parameters(operation.Operation).Select(parameter => (operation.Call, Parameter: parameter)))
            .ToLookup(parameter => parameter.Call, parameter => parameter.Parameter);

        Assert.All(Endpoints().SelectMany(endpoint => Calls(endpoint).Select(call => (call, endpoint))), described =>
        {
            string[] read =
            [
                .. described.endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name),
                .. described.endpoint.Metadata.OfType<QueryMetadata>().SelectMany(query => query.Defaults.GetType().GetProperties()).Select(QueryReader.NameOf),
            ];
            Assert.Superset(read.ToHashSet(), parameters[described.call].Select(parameter => parameter.GetProperty("name").GetString()!).ToHashSet());
        });
        Assert.All(parameters.SelectMany(call => call), parameter =>
        {
            Assert.NotEmpty(parameter.GetProperty("description").GetString()!);
            Assert.True(parameter.GetProperty("schema").TryGetProperty("type", out _) || parameter.GetProperty("schema").TryGetProperty("allOf", out _), parameter.ToString());
        });
    }

    [Fact]
    public async Task EveryAnswer_HasItsForm_AndEveryRefusalProblemDetails()
    {
        Assert.All(await OperationsAsync(), described =>
        {
            JsonProperty[] answers = [.. described.Operation.GetProperty("responses").EnumerateObject()];
            Assert.Contains(answers, answer => answer.Name[0] == '2');
            Assert.All(answers.Where(answer => answer.Name is "200" or "201" or "202"), answer =>
                Assert.All(answer.Value.GetProperty("content").EnumerateObject(), content => Assert.NotEmpty(content.Value.GetProperty("schema").EnumerateObject())));
            Assert.All(answers.Where(answer => answer.Name[0] != '2'), answer =>
                Assert.EndsWith("HttpValidationProblemDetails", answer.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task EveryCallThatCanBeWrong_SaysHowItIsRefused()
    {
        Assert.All(await OperationsAsync(), described =>
        {
            string[] places = [.. Parameters(described.Operation).Select(parameter => parameter.GetProperty("in").GetString()!)];
            string[] refusals = [.. described.Operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name)];
            bool takesJson = described.Operation.TryGetProperty("requestBody", out JsonElement body) && body.GetProperty("content").TryGetProperty("application/json", out _);
            Assert.True(!places.Contains("query") || refusals.Contains("400"), described.Call);
            Assert.True(!places.Contains("path") || refusals.Contains("404"), described.Call);
            Assert.Superset(new HashSet<string>(takesJson ? ["400", "413", "415"] : []), refusals.ToHashSet());
        });
    }

    [Fact]
    public async Task Parameter_WithARange_SaysItWithTypeAndDefault()
    {
        JsonElement take = await ParameterAsync("ListRuns", "take");

        Assert.Equal("""{"maximum":10000,"minimum":0,"type":"integer","format":"int32","default":100}""", JsonSerializer.Serialize(take.GetProperty("schema")));
        Assert.EndsWith("RunStatus", (await ParameterAsync("ListRuns", "status")).GetProperty("schema").GetProperty("allOf")[0].GetProperty("$ref").GetString(), StringComparison.Ordinal);
        Assert.Equal("array", (await ParameterAsync("CompareRuns", "ids")).GetProperty("schema").GetProperty("type").GetString());
        Assert.True((await ParameterAsync("CompareRuns", "ids")).GetProperty("required").GetBoolean());
        Assert.Equal("integer", (await ParameterAsync("GetUploadProgress", "bytes")).GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal("-validation/accuracy", (await ParameterAsync("ListRuns", "sort")).GetProperty("example").GetString());
    }

    [Theory]
    [InlineData("LaunchSweep", "application/json application/yaml text/yaml")]
    [InlineData("PreviewSweep", "application/json application/yaml text/yaml")]
    [InlineData("UploadFile", "application/octet-stream")]
    [InlineData("PredictImage", "multipart/form-data")]
    public async Task Body_IsDescribed_ForEachContentType(string operationId, string contentTypes)
    {
        JsonElement content = (await OperationAsync(operationId)).GetProperty("requestBody").GetProperty("content");

        Assert.Equal(contentTypes, string.Join(' ', content.EnumerateObject().Select(type => type.Name)));
    }

    [Fact]
    public async Task Schemas_AreNamedOnce_AndSayWhatIsAlwaysThere()
    {
        JsonElement schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        Assert.All(schemas.EnumerateObject(), schema => Assert.Matches("[A-Za-z]$", schema.Name));
        JsonElement run = schemas.GetProperty("RunView");
        Assert.Contains("failure", run.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(run.GetProperty("properties").GetProperty("failure").GetProperty("nullable").GetBoolean());
        Assert.Equal("date-time", run.GetProperty("properties").GetProperty("createdAt").GetProperty("format").GetString());
        Assert.Equal("string", run.GetProperty("properties").GetProperty("id").GetProperty("type").GetString());
        Assert.DoesNotContain("warnings", schemas.GetProperty("SweepView").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["name", "dataset"], schemas.GetProperty("SweepFile").GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
    }

    /// <summary>The document names enum values as the API writes them.</summary>
    [Fact]
    public async Task Enums_AreTextsInCamelCase()
    {
        JsonProperty[] enums = [.. (await DocumentAsync()).GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Value.TryGetProperty("enum", out _))];

        Assert.NotEmpty(enums);
        Assert.All(enums, schema => Assert.Equal("string", schema.Value.GetProperty("type").GetString()));
        Assert.All(enums.SelectMany(schema => schema.Value.GetProperty("enum").EnumerateArray()), value => Assert.Matches(CamelCase(), value.GetString()));
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex CamelCase();

    private RouteEndpoint[] Endpoints() =>
        [.. shared.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))];

    private static IEnumerable<string> Calls(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}");

    private static JsonElement.ArrayEnumerator Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out JsonElement parameters) ? parameters.EnumerateArray() : default;

    private Task<JsonElement> DocumentAsync() => shared.Host.GetAsync<JsonElement>("/openapi/v1.json");

    private async Task<(string Call, JsonElement Operation)[]> OperationsAsync() =>
    [
        .. from path in (await DocumentAsync()).GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value),
    ];

    private async Task<JsonElement> OperationAsync(string operationId) =>
        (await OperationsAsync()).Single(operation => operation.Operation.GetProperty("operationId").GetString() == operationId).Operation;

    private async Task<JsonElement> ParameterAsync(string operationId, string name) =>
        Parameters(await OperationAsync(operationId)).Single(parameter => parameter.GetProperty("name").GetString() == name);
}
