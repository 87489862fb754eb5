using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>A call described by the OpenAPI document, so that new endpoints are tested without further changes.</summary>
/// <param name="QueryNames">The names of query parameters, also those in the summary: <c>?skip=&amp;take=</c>.</param>
internal sealed partial record DescribedCall(string Method, string Path, IReadOnlyList<string> QueryNames, IReadOnlyList<string> ContentTypes)
{
    public static IReadOnlyList<DescribedCall> All(JsonElement openApi) =>
    [
        .. from path in openApi.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Value.TryGetProperty("responses", out _)
           select new DescribedCall(operation.Name.ToUpperInvariant(), path.Name, QueriesOf(operation.Value), TypesOf(operation.Value)),
    ];

    /// <param name="value">Returns the value for a parameter of the path.</param>
    public string Fill(Func<string, string> value) => PathParameter().Replace(Path, match => value(match.Groups[1].Value));

    private static string[] QueriesOf(JsonElement operation)
    {
        IEnumerable<string> described = operation.TryGetProperty("parameters", out JsonElement parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
            : [];
        string summary = operation.TryGetProperty("summary", out JsonElement text) ? text.GetString()! : "";
        return [.. described.Concat(QueryName().Matches(summary).Select(match => match.Groups[1].Value)).Distinct()];
    }

    private static string[] TypesOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out JsonElement body) && body.TryGetProperty("content", out JsonElement content)
            ? [.. content.EnumerateObject().Select(type => type.Name)]
            : [];

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"[?&](\w+)=")]
    private static partial Regex QueryName();
}
