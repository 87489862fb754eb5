namespace Experiments.GpuWorker.Models.Base;

/// <summary>Registers what builds a network: a constructor or static method that takes a <see cref="ModelShape"/>.</summary>
/// <param name="name">The name of the architecture in the contracts' catalog.</param>
[AttributeUsage(AttributeTargets.Constructor | AttributeTargets.Method)]
internal sealed class ModelAttribute(string name) : Attribute
{
    public string Name => name;
}
