using Experiments.Contracts.Text;

namespace Experiments.GpuWorker.Data;

/// <summary>Images in files of their own.</summary>
internal sealed class ImageFileSource(IReadOnlyList<string> files, IReadOnlyList<int> labels) : IImageSource
{
    public IReadOnlyList<string> Files { get; } = files;

    public IReadOnlyList<int> Labels { get; } = labels;

    public string Locate(int index) => $"\"{VisibleText.Of(Files[index])}\"";

    public RgbImage Decode(int index) => ImageFileDecoder.Decode(Files[index]);

    public void DecodeTo(int index, int side, Span<byte> planes) => ImageFileDecoder.DecodeTo(Files[index], side, planes);
}
