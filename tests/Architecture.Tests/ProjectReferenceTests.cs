namespace Experiments.Architecture.Tests;

/// <summary>Contracts ← ServiceDefaults ← { Orchestrator, GpuWorker, Dashboard } ← Standalone.</summary>
public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("Contracts")]
    [InlineData("ServiceDefaults", "Contracts")]
    [InlineData("Orchestrator", "ServiceDefaults", "Contracts")]
    [InlineData("GpuWorker", "ServiceDefaults", "Contracts")]
    [InlineData("Dashboard", "ServiceDefaults", "Contracts")]
    [InlineData("Standalone", "Orchestrator", "GpuWorker", "Dashboard", "ServiceDefaults", "Contracts")]
    [InlineData("AppHost", "Orchestrator", "GpuWorker", "Dashboard")]
    public void Project_References_OnlyProjectsBelowIt(string project, params string[] allowed) =>
        Assert.Empty(Repository.ReferencesOf(project).Except(allowed));

    [Fact]
    public void Contracts_Uses_NothingButTheBaseLibraries()
    {
        Assert.Empty(Repository.PackagesOf("Contracts"));
        Assert.Empty(Repository.FrameworksOf("Contracts"));
        Assert.Equal("Microsoft.NET.Sdk", Repository.SdkOf("Contracts"));
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("ServiceDefaults")]
    [InlineData("Orchestrator")]
    [InlineData("Dashboard")]
    public void Project_OtherThanTheWorker_DoesNotPullInTorch(string project) =>
        Assert.DoesNotContain(Repository.PackagesOf(project), package => package.Contains("torch", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Standalone_HoldsNoPackagesOfTheServices() =>
        Assert.Empty(Repository.PackagesOf("Standalone").Intersect(
            Repository.PackagesOf("Orchestrator").Concat(Repository.PackagesOf("GpuWorker")).Concat(Repository.PackagesOf("Dashboard"))));

    [Fact]
    public void Repository_HasTheProjectsThatTheseTestsKnow() =>
        Assert.Equal(
            Repository.Projects.Order(),
            Directory.GetDirectories(Repository.Root).Select(Path.GetFileName).OfType<string>()
                .Where(folder => File.Exists(Path.Combine(Repository.Root, folder, $"{folder}.csproj")))
                .Order());
}
