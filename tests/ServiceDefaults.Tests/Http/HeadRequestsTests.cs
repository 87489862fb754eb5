using System.Net;

namespace Experiments.ServiceDefaults.Tests.Http;

public sealed class HeadRequestsTests : IAsyncLifetime
{
    private GuardedService _service = null!;

    public async ValueTask InitializeAsync() => _service = await GuardedService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("/text")]
    [InlineData("/json")]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/nothing")]
    [InlineData("/change")]
    public async Task Head_Anywhere_AnswersAsGetDoesWithoutABody(string path)
    {
        using HttpResponseMessage get = await _service.SendAsync(HttpMethod.Get, path);
        using HttpResponseMessage head = await _service.SendAsync(HttpMethod.Head, path);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, _service.Changes);
    }

    [Fact]
    public async Task Head_LargeFile_SaysHowLargeWithoutReadingIt()
    {
        using HttpResponseMessage head = await _service.SendAsync(HttpMethod.Head, "/large", ("Range", "bytes=0-9"));

        Assert.Equal((HttpStatusCode.OK, 100_000_000), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.InRange(_service.BytesRead, 0, 1_000_000);
    }

    /// <summary>The connection stays usable: the next request reuses it.</summary>
    [Fact]
    public async Task Head_StreamWithoutEnd_Ends()
    {
        using HttpResponseMessage head = await _service.SendAsync(HttpMethod.Head, "/endless");
        using HttpResponseMessage next = await _service.SendAsync(HttpMethod.Get, "/text");

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Equal("text", await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
