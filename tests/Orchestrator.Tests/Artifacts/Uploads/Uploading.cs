using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Artifacts.Uploads;

/// <summary>The worker's side of an upload.</summary>
internal sealed class Uploading(TestHost host, RunClaimed run, string worker = "worker-1")
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public string Path(string name, byte[] content, string? sha256 = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"/api/runs/{run.RunId}/attempts/{run.Attempt}/uploads/{name}?worker={worker}&sha256={sha256 ?? Digest(content)}&bytes={content.Length}");

    public Task<HttpResponseMessage> PutAsync(string name, byte[] content, string? sha256 = null) =>
        SendAsync(Path(name, content, sha256), new ByteArrayContent(content));

    public Task<HttpResponseMessage> PutPartAsync(string name, byte[] content, int from, int count)
    {
        var part = new ByteArrayContent(content, from, count);
        part.Headers.ContentRange = new ContentRangeHeaderValue(from, from + count - 1, content.Length);
        return SendAsync(Path(name, content), part);
    }

    public Task<HttpResponseMessage> ProgressAsync(string name, byte[] content) => host.GetAsync(Path(name, content));

    public Task<HttpResponseMessage> DownloadAsync(string name) => host.GetAsync($"/api/runs/{run.RunId}/attempts/{run.Attempt}/files/{name}");

    /// <summary>Sends the first bytes of a file and leaves the connection open.</summary>
    public async Task<TcpClient> BeginAsync(string name, byte[] content, int count)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Client.BaseAddress!.Port, Cancelled);
        string head = string.Create(
            CultureInfo.InvariantCulture, $"PUT {Path(name, content)} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {content.Length}\r\n\r\n");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancelled);
        await client.GetStream().WriteAsync(content.AsMemory(0, count), Cancelled);
        return client;
    }

    private Task<HttpResponseMessage> SendAsync(string path, HttpContent content) =>
        host.Client.PutAsync(new Uri(path, UriKind.Relative), content, Cancelled);
}
