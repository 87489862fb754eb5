using System.Net;
using Experiments.ServiceDefaults.Http;

namespace Experiments.ServiceDefaults.Tests.Http;

public sealed class HostFilterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("dashboard-experiments.dev.localhost:5082")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]:5080")]
    public async Task Get_NameOfThisMachine_IsServed(string host) => Assert.Equal(HttpStatusCode.OK, await StatusAsync(host));

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example:5080")]
    [InlineData("notlocalhost")]
    [InlineData("10.1.2.3")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]")]
    public async Task Get_AnyOtherName_IsRefused(string host) => Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host));

    [Theory]
    [InlineData("lab.example", HttpStatusCode.OK)]
    [InlineData("a.lab.example:81", HttpStatusCode.OK)]
    [InlineData("other.example", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Get_ConfiguredNames_AreServedBesidesThoseOfThisMachine(string host, HttpStatusCode expected) =>
        Assert.Equal(expected, await StatusAsync(host, settings: (HostNames.Setting, "lab.example;*.lab.example; other.example")));

    [Fact]
    public async Task Get_AnyNameIsConfigured_IsServed() =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("evil.example", settings: (HostNames.Setting, "*")));

    /// <summary>Happens in a container: ASPNETCORE_URLS contains the name.</summary>
    [Theory]
    [InlineData("some-box", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Get_NameThatItListensAt_IsServed(string host, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(host, "http://some-box:0"));

    /// <summary>A wildcard address does not add a name.</summary>
    [Fact]
    public async Task Get_ListeningEverywhere_IsStillNotAnyName() => Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("evil.example", "http://0.0.0.0:0"));

    [Fact]
    public async Task Get_Refused_QuotesTheNameAndNamesTheSetting()
    {
        await using GuardedService service = await GuardedService.StartAsync();
        using HttpResponseMessage response = await service.SendAsync(HttpMethod.Get, "/text", ("Host", "evil.example"));

        string body = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("evil.example", body, StringComparison.Ordinal);
        Assert.Contains("AllowedHosts", body, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(string host, string urls = "http://127.0.0.1:0", params (string Key, string Value)[] settings)
    {
        await using GuardedService service = await GuardedService.StartAsync(urls, settings);
        using HttpResponseMessage response = await service.SendAsync(HttpMethod.Get, "/health", ("Host", host));
        return response.StatusCode;
    }
}
