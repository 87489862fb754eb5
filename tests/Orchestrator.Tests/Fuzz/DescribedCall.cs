using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>A call as the API's own description has it, so that new ones are found by themselves.</summary>
/// <param name="QueryNames">Those that the description has as parameters or names in the summary: <c>?skip=&amp;take=</c>.</param>
internal sealed partial record DescribedCall(string Method, string Path, IReadOnlyList<string> QueryNames, IReadOnlyList<string> ContentTypes)
{
    public static IReadOnlyList<DescribedCall> All(JsonElement openApi) =>
    [
        .. from path in openApi.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Value.TryGetProperty("responses", out _)
           select new DescribedCall(operation.Name.ToUpperInvariant(), path.Name, QueriesOf(operation.Value), TypesOf(operation.Value)),
    ];

    /// <param name="value">Gives what stands for a parameter of the path.</param>
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
