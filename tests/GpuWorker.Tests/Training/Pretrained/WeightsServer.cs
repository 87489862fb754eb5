using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>A web server on the loopback interface that publishes one file.</summary>
internal sealed class WeightsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WeightsServer(WebApplication app) => _app = app;

    public byte[] Content { get; set; } = [];

    /// <summary>What is published under which name; any other is not found.</summary>
    public string File { get; set; } = "";

    public bool SupportsRanges { get; set; } = true;

    /// <summary>So many requests are answered with half of what was asked for, and then what <see cref="AfterHalf"/> does.</summary>
    public int Broken { get; set; }

    public Func<HttpContext, Task> AfterHalf { get; set; } = _ => Task.CompletedTask;

    /// <summary>The Range header of each request, empty where there was none.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public Uri Address => new(_app.Urls.First() + "/models/");

    public static async Task<WeightsServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new WeightsServer(app);
        app.MapGet("/models/{name}", (string name, HttpContext context) => server.AnswerAsync(name, context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(string name, HttpContext context)
    {
        string range = context.Request.Headers.Range.ToString();
        Requests.Enqueue(range);
        if (name != File)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        int from = SupportsRanges && range.Length > 0 ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (from >= Content.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        if (from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }

        context.Response.ContentLength = Content.Length - from;
        bool whole = Broken-- <= 0;
        int to = whole ? Content.Length : from + ((Content.Length - from) / 2);
        await context.Response.Body.WriteAsync(Content.AsMemory(from..to), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (!whole)
        {
            await AfterHalf(context);
        }
    }
}
