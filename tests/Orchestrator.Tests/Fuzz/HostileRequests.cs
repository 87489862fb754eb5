using System.Text;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Generates malicious requests.</summary>
/// <param name="knownIds">Ids of entities that may be changed.</param>
internal sealed class HostileRequests(IReadOnlyList<string> knownIds)
{
    private static readonly string[] Ids =
    [
        "%20", ".", "..", "%2e%2e", "..%2F..%2Fetc%2Fpasswd", "..%5c..%5cwindows", "%2F", "%5C", "%25", "%252e%252e%252f", "%00", "a%00b", "%0d%0aX-Header:1", "%F0%9F%98%80", "%C3%28", "%FF", "%ED%A0%80",
        "%E2%80%AE", "null", "undefined", "NaN", "-1", "0", "99999999999999999999", "'%20OR%201=1%20--", "%22;DROP%20TABLE%20Runs;", "00000000000000000000000000", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "{id}", "*", "a;b=c", "a:b", "~", "$", "%7B%7D", "best.safetensors", "compare", new('9', 500), new('a', 4000), "resnet18",
    ];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "99999999999999999999999", "1e9", "0.5", "NaN", "Infinity", "null", "true", "none", "%00", "%F0%9F%98%80", "%FF%FE", "a,b,,c", ",,,,", "-", "--", "-cell",
        "-validation/accuracy", "validation/accuracy", "learningRate", "$.a", "%22", "'", "')--", "running", "completed", "00000000000000000000000000", "[]", "{}", "%2C", "a%26b%3Dc", new('9', 3000), new('a', 3000),
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/yaml", "text/yaml", "text/plain", "application/octet-stream", "application/json; charset=utf-16", "application/json; charset=none", "multipart/form-data", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=", "multipart/mixed; boundary=x", "application/x-www-form-urlencoded", "image/png", "nonsense", "*/*", "application/", ";;;", "application/json, application/yaml", new('a', 500),
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "{", "}", "[]", "{}", "null", "true", "0", "\"\"", "\"text\"", "{\"grid\":null}", "{\"grid\":[]}", "{\"grid\":{\"seed\":1e999}}", "{\"name\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "{\"image\":1}",
        "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nnot an image\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"image\"", "--x--", "--x\r\n\r\n",
        "--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\ntext\r\n--x--\r\n", "a=b&image=c&&&=", "\ufeff{}", "\0", "\u0001\u0002", "---\n...\n", "&a [*a]", "{\"augmentation\":\"standard\",\"dataset\":\"digits\",\"imageSize\":-1}",
        "{\"augmentation\":\"standard\",\"dataset\":\"digits\",\"imageSize\":999999999,\"count\":2147483647,\"seed\":1e30}",
    ];

    /// <summary>A call with errors in its path, query, headers or body, or in several of these.</summary>
    public HttpRequestMessage Of(DescribedCall call, Uri server, Random random)
    {
        string path = call.Fill(_ => random.Next(3) == 0 ? One(knownIds, random) : One(Ids, random));
        string query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => Query(call, random)));
        var request = new HttpRequestMessage(new HttpMethod(call.Method), Raw(server, query.Length > 0 ? $"{path}?{query}" : path));
        if (random.Next(6) == 0)
        {
            request.Headers.TryAddWithoutValidation(
                One(["Range", "If-None-Match", "If-Range", "Accept", "Last-Event-ID", "Cookie", "Content-Range"], random), One(["bytes=99999999999-", "bytes=-1,0-0,5-2", "*", "\"", "x", ""], random));
        }

        if (call.Method is not ("GET" or "HEAD") && random.Next(8) > 0)
        {
            request.Content = Body(call, random);
        }

        return request;
    }

    private static string Query(DescribedCall call, Random random)
    {
        string name = call.QueryNames.Count > 0 && random.Next(5) > 0 ? One(call.QueryNames, random) : One(["skip", "take", "maxPoints", "status", "x", "%00", "a%5B%5D"], random);
        return $"{name}={One(Values, random)}";
    }

    private static ByteArrayContent Body(DescribedCall call, Random random)
    {
        byte[] bytes = random.Next(6) switch
        {
            0 => Noise(random),
            1 => Encoding.UTF8.GetBytes(TextMutation.Of(One(Bodies, random), random)),
            _ => Encoding.UTF8.GetBytes(One(Bodies, random)),
        };
        var content = new ByteArrayContent(bytes);
        string type = call.ContentTypes.Count > 0 && random.Next(2) == 0 ? One(call.ContentTypes, random) : One(Types, random);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (random.Next(20) == 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        }

        return content;
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(2000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T One<T>(IReadOnlyList<T> all, Random random) => all[random.Next(all.Count)];

    /// <summary>Sends the path as written: dots and escapes would otherwise be normalized first.</summary>
    private static Uri Raw(Uri server, string pathAndQuery) =>
        new(server.GetLeftPart(UriPartial.Authority) + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
