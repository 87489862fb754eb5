using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Orchestrator.Tests.Access;

public sealed class FirstOwnerTests : IDisposable
{
    private static readonly (string, string?)[] NoOwner =
        [("Access:Tokens:setup:Role", "worker"), ("Access:Dashboard", "https://lab.example/")];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FirstStart_PrintsALink_UntilItWasUsed()
    {
        string first = await StartAsync();
        string second = await StartAsync();
        string third = await StartAsync(async access =>
        {
            Assert.NotEqual(System.Net.HttpStatusCode.OK, (await access.SendAsync(SecretOf(first), HttpMethod.Get, "/api/me")).StatusCode);
        });
        await StartAsync();

        Assert.StartsWith("Sign in as owner (shown only now): https://lab.example/login?token=exp_", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.NotEqual(second, third);
    }

    [Fact]
    public async Task LaterStart_OwnerHasSignedIn_PrintsNothing()
    {
        string secret = "";
        string link = await StartAsync(async (access, output) =>
        {
            secret = SecretOf(output);
            Assert.Equal(("owner", TokenRole.Owner), await WhoAsync(access, secret));
        });

        Assert.NotEmpty(link);
        Assert.Equal("", await StartAsync(async (access, _) => Assert.Equal(("owner", TokenRole.Owner), await WhoAsync(access, secret))));
    }

    [Fact]
    public async Task FirstStart_OwnerOfTheConfiguration_PrintsNothing()
    {
        await using var output = new StringWriter();
        await using AccessHost access = await AccessHost.StartAsync(_folder, addServices: bus => bus.AddSingleton<TextWriter>(output));

        Assert.Equal("", output.ToString());
    }

    private static async Task<(string? User, TokenRole Role)> WhoAsync(AccessHost access, string secret)
    {
        MeView me = await access.GetAsync<MeView>(secret, "/api/me");
        return (me.User, me.Role);
    }

    private static string SecretOf(string output) => output.Trim().Split("token=")[1];

    private Task<string> StartAsync() => StartAsync((_, _) => Task.CompletedTask);

    private Task<string> StartAsync(Func<AccessHost, Task> act) => StartAsync((access, _) => act(access));

    /// <returns>The lines that the start printed.</returns>
    private async Task<string> StartAsync(Func<AccessHost, string, Task> act)
    {
        await using var output = new StringWriter();
        AccessHost access = await AccessHost.StartAsync(_folder, addServices: bus => bus.AddSingleton<TextWriter>(output), settings: NoOwner);
        string text = output.ToString().Trim();
        await act(access, text);
        await access.StopAsync();
        return text;
    }
}
