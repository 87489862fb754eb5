namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>Another way in which files name the tensors of an architecture.</summary>
internal interface INameRule
{
    /// <summary>The name that models have for it; null where the rule does not apply.</summary>
    string? Translate(string name);
}
