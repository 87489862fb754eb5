using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Data.Downloads;

/// <summary>Serves files on loopback, whole or from an offset, as file servers do.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileServer(WebApplication app) => _app = app;

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Breaks every connection off after so many bytes.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Answers with the whole file whatever was asked for.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>The first byte that each request asked for.</summary>
    public ConcurrentQueue<long> Offsets { get; } = [];

    public string Url => $"{_app.Urls.Single()}/";

    public static async Task<FileServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (!Files.TryGetValue(context.Request.Path.Value![1..], out byte[]? content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        long asked = context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        Offsets.Enqueue(asked);
        int from = IgnoresRanges ? 0 : (int)asked;
        if (from >= content.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        context.Response.StatusCode = from > 0 ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        context.Response.ContentLength = content.Length - from;
        if (from > 0)
        {
            context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        await SendAsync(context, content.AsMemory(from));
    }

    private async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> rest)
    {
        bool cut = CutAfter < rest.Length;
        await context.Response.Body.WriteAsync(cut ? rest[..CutAfter!.Value] : rest);
        await context.Response.Body.FlushAsync();
        if (cut)
        {
            context.Abort();
        }
    }
}
