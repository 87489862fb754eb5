using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Artifacts.Http;

/// <summary>The Orchestrator's side, with optional faults.</summary>
internal sealed class ArtifactServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte[]> _parts = [];

    private ArtifactServer(WebApplication app) => _app = app;

    /// <summary>The stored files by path below <c>/api/runs/</c>, with <c>files</c> for <c>uploads</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>Each request: its method, the last part of its path, and the first byte that it sends or asks for.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The statuses of the next responses.</summary>
    public ConcurrentQueue<int> Refusals { get; } = [];

    /// <summary>Aborts this number of transfers after <see cref="CutAfter"/> bytes.</summary>
    public int Cuts { get; set; }

    public int CutAfter { get; set; } = 1000;

    /// <summary>Corrupts this number of downloads.</summary>
    public int Damages { get; set; }

    public string Address => _app.Urls.Single();

    public static async Task<ArtifactServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new ArtifactServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!["/api/runs/".Length..];
        long from = context.Request.GetTypedHeaders().ContentRange?.From ?? context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        Requests.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {Path.GetFileName(path)} {from}"));
        if (Refusals.TryDequeue(out int status))
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        string file = path.Replace("/uploads/", "/files/", StringComparison.Ordinal);
        return !path.Contains("/uploads/", StringComparison.Ordinal) ? SendAsync(context, path, (int)from)
            : context.Request.Method == HttpMethods.Put ? ReceiveAsync(context, file, (int)from)
            : AnswerProgressAsync(context, file);
    }

    private async Task ReceiveAsync(HttpContext context, string path, int from)
    {
        string key = path + context.Request.Query["sha256"];
        long total = long.Parse(context.Request.Query["bytes"]!, CultureInfo.InvariantCulture);
        var received = new MemoryStream();
        received.Write(_parts.GetValueOrDefault(key, []).AsSpan(0, from));
        byte[] buffer = new byte[CutAfter];
        bool cut = Cuts > 0;
        Cuts -= cut ? 1 : 0;
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            received.Write(buffer, 0, count);
            if (cut)
            {
                _parts[key] = received.ToArray();
                context.Abort();
                return;
            }
        }

        bool complete = received.Length == total && Digest(received.ToArray()) == context.Request.Query["sha256"];
        if (complete)
        {
            Files[path] = received.ToArray();
        }

        await context.Response.WriteAsJsonAsync(new UploadView(received.Length, complete), ContractJson.Options);
    }

    private Task AnswerProgressAsync(HttpContext context, string path) => context.Response.WriteAsJsonAsync(
        Files.TryGetValue(path, out byte[]? whole) && Digest(whole) == context.Request.Query["sha256"]
            ? new UploadView(whole.Length, true)
            : new UploadView(_parts.GetValueOrDefault(path + context.Request.Query["sha256"], []).Length, false),
        ContractJson.Options);

    private async Task SendAsync(HttpContext context, string path, int from)
    {
        if (!Files.TryGetValue(path, out byte[]? content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string tag = $"\"{Digest(content)}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        bool partial = from > 0 && context.Request.Headers.IfRange == tag;
        byte[] rest = partial ? content[from..] : [.. content];
        context.Response.StatusCode = partial ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        context.Response.ContentLength = rest.Length;
        if (Damages > 0)
        {
            Damages--;
            rest[^1] ^= 1;
        }

        bool cut = Cuts > 0;
        Cuts -= cut ? 1 : 0;

        // Fewer bytes than announced, after which the connection is closed.
        await context.Response.Body.WriteAsync(cut ? rest.AsMemory(0, CutAfter) : rest, context.RequestAborted);
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
