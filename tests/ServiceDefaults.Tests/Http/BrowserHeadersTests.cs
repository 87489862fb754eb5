using Experiments.ServiceDefaults.Http;

namespace Experiments.ServiceDefaults.Tests.Http;

public sealed class BrowserHeadersTests
{
    /// <summary>Includes refused and unknown addresses.</summary>
    [Theory]
    [InlineData("GET", "/json", "localhost")]
    [InlineData("HEAD", "/json", "localhost")]
    [InlineData("GET", "/nothing", "localhost")]
    [InlineData("PUT", "/json", "localhost")]
    [InlineData("GET", "/json", "evil.example")]
    public async Task Answer_OfAnyKind_TellsBrowsersNotToGuessFrameOrRunIt(string method, string path, string host)
    {
        await using GuardedService service = await GuardedService.StartAsync();
        using HttpResponseMessage response = await service.SendAsync(new HttpMethod(method), path, ("Host", host));

        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal(BrowserHeaders.DataPolicy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Contains("frame-ancestors 'none'", BrowserHeaders.DataPolicy, StringComparison.Ordinal);
    }
}
