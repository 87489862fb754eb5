using Experiments.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Http;

/// <summary>A service with the defaults of every service and a few endpoints.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GuardedService(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(app.Urls.Single()).Port}") };
    }

    public HttpClient Client { get; }

    /// <summary>Bytes that were read of the large file.</summary>
    public long BytesRead { get; private set; }

    public int Changes { get; private set; }

    public static async Task<GuardedService> StartAsync(string urls = "http://127.0.0.1:0", params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseUrls(urls);
        builder.AddServiceDefaults();
        WebApplication app = builder.Build();
        GuardedService? service = null;
        app.MapDefaultEndpoints();
        app.MapGet("/text", () => "text");
        app.MapGet("/json", () => Results.Ok(new { a = 1 }));
        app.MapGet("/large", () => Results.Stream(new LargeFile(read => service!.BytesRead += read), "application/octet-stream"));
        app.MapGet("/endless", EndlessAsync);
        app.MapPost("/change", () => service!.Changes++);
        app.MapDelete("/change", () => service!.Changes++);
        app.Map("/socket", () => service!.Changes++);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return service = new GuardedService(app);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        while (true)
        {
            await context.Response.WriteAsync("data: again\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>100 MB of zeros.</summary>
    private sealed class LargeFile(Action<int> onRead) : Stream
    {
        public const long Size = 100_000_000;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => Size;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, Size - Position);
            Position += read;
            onRead(read);
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin == SeekOrigin.Begin ? offset : throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
