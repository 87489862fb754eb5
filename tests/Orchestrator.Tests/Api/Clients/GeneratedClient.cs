using System.Reflection;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Api.Clients;

/// <summary>A running Orchestrator, and a client that was generated from its description: compiled once for a class of tests.</summary>
public sealed class GeneratedClient : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Assembly _generated = null!;

    public TestHost Host { get; private set; } = null!;

    /// <summary>Its type exists only while the test runs.</summary>
    public dynamic Calls { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(_folder);
        string document = await Host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        _generated = ClientGenerator.Compile(await ClientGenerator.GenerateAsync(document, TestContext.Current.CancellationToken));
        Calls = New(ClientGenerator.ClassName, Host.Client);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A new instance of a generated type.</summary>
    public dynamic New(string type, params object[] arguments) => Activator.CreateInstance(TypeOf(type), arguments)!;

    /// <summary>A value of a generated enum.</summary>
    public dynamic Value(string type, string name) => Enum.Parse(TypeOf(type), name);

    private Type TypeOf(string name) => _generated.GetType($"{ClientGenerator.Namespace}.{name}", throwOnError: true)!;
}
