using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The tensors of a safetensors file.</summary>
internal sealed class SafetensorsWeights(string path) : IStoredWeights, IStateDict
{
    private readonly SafetensorsContent _content = SafetensorsFile.Read(path, requireChecksum: false);

    public IReadOnlyDictionary<string, string> Texts => _content.Metadata;

    public IReadOnlyList<IStateDict> StateDicts => [this];

    public string Container => "";

    public IEnumerable<string> Names => _content.Names;

    public long[] ShapeOf(string name) => _content[name].shape;

    public Tensor Read(string name) => _content[name].alias().DetachFromDisposeScope();

    public void Dispose() => _content.Dispose();
}
