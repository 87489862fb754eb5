using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>Serves files on loopback, whole or from an offset, as file servers do, and fails as they do.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileServer(WebApplication app) => _app = app;

    /// <summary>The files by name; others are not found.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The statuses of the next responses.</summary>
    public ConcurrentQueue<int> Refusals { get; } = [];

    /// <summary>The number of bytes after which connections are broken.</summary>
    public int? CutAfter { get; set; }

    /// <summary>The number of connections to break.</summary>
    public int Cuts { get; set; } = int.MaxValue;

    /// <summary>How connections are broken.</summary>
    public Func<HttpContext, Task> Cut { get; set; } = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Ignores ranges and answers with the whole file.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>The first byte of each request's range.</summary>
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

    /// <summary>Keeps a connection open and sends nothing more.</summary>
    public static Task FallSilentAsync(HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        long asked = context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        Offsets.Enqueue(asked);
        if (Refusals.TryDequeue(out int status))
        {
            context.Response.StatusCode = status;
            return;
        }

        if (!Files.TryGetValue(context.Request.Path.Value![1..], out byte[]? content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

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
        bool cut = CutAfter < rest.Length && Cuts-- > 0;
        await context.Response.Body.WriteAsync(cut ? rest[..CutAfter!.Value] : rest, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (cut)
        {
            await Cut(context);
        }
    }
}
