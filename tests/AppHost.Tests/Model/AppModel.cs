using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Experiments.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.AppHost.Tests.Model;

/// <summary>The AppHost's program, run until its model is complete, without starting resources.</summary>
internal sealed class AppModel : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly IDistributedApplicationTestingBuilder _builder;

    private AppModel(TemporaryFolder folder, IDistributedApplicationTestingBuilder builder) => (_folder, _builder) = (folder, builder);

    public IEnumerable<string> Names => _builder.Resources.Select(resource => resource.Name);

    /// <summary>The resources that are built from our projects.</summary>
    public IEnumerable<ProjectResource> Services => _builder.Resources.OfType<ProjectResource>();

    /// <param name="arguments">The arguments of the command line; the storage folder is a temporary one.</param>
    public static async Task<AppModel> CreateAsync(params string[] arguments)
    {
        var folder = new TemporaryFolder();
        return new AppModel(folder, await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([.. arguments, $"--Storage:Root={folder.Path}"]));
    }

    public IResource Get(string name) => _builder.Resources.Single(resource => resource.Name == name);

    /// <summary>Environment variables with references as expressions, such as <c>{redis.connectionString}</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentOfAsync(string name)
    {
        IExecutionConfigurationResult configuration = await ExecutionConfigurationBuilder.Create(Get(name)).WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance);
        return new Dictionary<string, string>(configuration.EnvironmentVariables);
    }

    /// <summary>The names of the resources that have to be healthy before this one starts.</summary>
    public IEnumerable<string> WaitsOf(string name) =>
        Get(name).Annotations.OfType<WaitAnnotation>().Where(wait => wait.WaitType == WaitType.WaitUntilHealthy).Select(wait => wait.Resource.Name);

    public IEnumerable<string> CommandsOf(string name) => Get(name).Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.Name);

    public IEnumerable<EndpointAnnotation> EndpointsOf(string name) => Get(name).Annotations.OfType<EndpointAnnotation>();

    public string? ParentOf(string name) =>
        Get(name).Annotations.OfType<ResourceRelationshipAnnotation>().SingleOrDefault(relation => relation.Type == "Parent")?.Resource.Name;

    public bool IsStartedByHand(string name) => Get(name).Annotations.OfType<ExplicitStartupAnnotation>().Any();

    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        _folder.Dispose();
    }
}
