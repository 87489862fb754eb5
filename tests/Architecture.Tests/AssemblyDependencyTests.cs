using System.Reflection;
using NetArchTest.Rules;

namespace Experiments.Architecture.Tests;

/// <summary>The dependencies of the compiled code, independent of the project files.</summary>
public sealed class AssemblyDependencyTests
{
    private static readonly string[] Services = ["Experiments.Orchestrator", "Experiments.GpuWorker", "Experiments.Dashboard"];

    public static TheoryData<string, string> PairsOfServices =>
        [.. Services.SelectMany(one => Services.Where(other => other != one).Select(other => (one, other)))];

    [Theory]
    [MemberData(nameof(PairsOfServices))]
    public void Service_DependsOn_NoOtherService(string service, string other) => AssertIndependent(service, other);

    [Theory]
    [InlineData("Experiments.Orchestrator", "TorchSharp")]
    [InlineData("Experiments.Dashboard", "TorchSharp")]
    [InlineData("Experiments.ServiceDefaults", "TorchSharp")]
    [InlineData("Experiments.Dashboard", "Microsoft.EntityFrameworkCore")]
    [InlineData("Experiments.GpuWorker", "Microsoft.EntityFrameworkCore")]
    [InlineData("Experiments.Orchestrator", "MudBlazor")]
    public void Service_DependsOn_NothingOfAnothersTrade(string service, string library) => AssertIndependent(service, library);

    [Fact]
    public void Contracts_References_SystemAssembliesOnly()
    {
        IEnumerable<string?> references = Assembly.Load("Experiments.Contracts").GetReferencedAssemblies().Select(name => name.Name);

        Assert.DoesNotContain(references, name => name is not null && !name.StartsWith("System.", StringComparison.Ordinal));
    }

    private static void AssertIndependent(string assembly, string dependency)
    {
        NetArchTest.Rules.TestResult result = Types.InAssembly(Assembly.Load(assembly)).ShouldNot().HaveDependencyOn(dependency).GetResult();

        Assert.True(result.IsSuccessful, $"{assembly} depends on {dependency} in: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
