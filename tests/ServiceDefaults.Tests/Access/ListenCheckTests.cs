using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Tests.Access;

public sealed class ListenCheckTests
{
    [Theory]
    [InlineData("urls", "http://localhost:5081")]
    [InlineData("urls", "http://LOCALHOST:5081;https://[::1]:5443;http://127.0.0.2:1")]
    [InlineData("urls", "http://orchestrator.localhost:5081")]
    [InlineData("urls", "http://unix:/run/experiments.sock")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://localhost:5081")]
    [InlineData("nothing", "")]
    public void Require_OpenOnLoopback_IsAllowed(string key, string value) => ListenCheck.Require(Configure((key, value)));

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5081", "http://0.0.0.0:5081")]
    [InlineData("urls", "http://[::]:5081", "http://[::]:5081")]
    [InlineData("urls", "http://*:5081", "http://*:5081")]
    [InlineData("urls", "http://+:5081", "http://+:5081")]
    [InlineData("urls", "http://192.168.0.7:5081", "http://192.168.0.7:5081")]
    [InlineData("urls", "http://lab.example:5081", "http://lab.example:5081")]
    [InlineData("urls", "http://localhost.lab.example:5081", "http://localhost.lab.example:5081")]
    [InlineData("urls", "http://localhost:5080; http://10.0.0.1:5081", "http://10.0.0.1:5081")]
    [InlineData("http_ports", "8080", "http://*:8080")]
    [InlineData("https_ports", "8443", "https://*:8443")]
    [InlineData("Kestrel:Endpoints:Web:Url", "https://*:443", "https://*:443")]
    public void Require_OpenBeyondLoopback_NamesTheAddressAndTheSetting(string key, string value, string address)
    {
        string message = Assert.Throws<ServiceConfigurationException>(() => ListenCheck.Require(Configure((key, value)))).Message;

        Assert.Contains($"\"{address}\"", message, StringComparison.Ordinal);
        Assert.Contains("set Access:Mode=tokens", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("Tokens")]
    public void Require_CallersAreIdentified_IsAllowedAnywhere(string mode) => ListenCheck.Require(Configure(("urls", "http://*:80"), ("Access:Mode", mode)));

    [Fact]
    public void Require_AddressesThatKestrelDoesNotUse_DoNotCount()
    {
        ListenCheck.Require(Configure(("urls", "http://*:80"), ("Kestrel:Endpoints:Web:Url", "http://localhost:5081")));
        ListenCheck.Require(Configure(("urls", "http://localhost:5081"), ("http_ports", "8080")));
        ListenCheck.Require(Configure(("urls", "http://localhost:5081"), ("Kestrel:Endpoints:Web:Url", "http://*:80"), ("preferHostingUrls", "true")));
    }

    private static IConfiguration Configure(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
