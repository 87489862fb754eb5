namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>An alternative naming of the tensors of an architecture.</summary>
internal interface INameRule
{
    /// <summary>The name in this program's models; null if the rule does not apply.</summary>
    string? Translate(string name);
}
