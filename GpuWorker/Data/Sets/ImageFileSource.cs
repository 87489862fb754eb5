using Experiments.Contracts.Text;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Images in individual files, which must not change after they are listed: a run trains on the same images in every epoch.</summary>
/// <param name="stamps">Size and modification time of each file.</param>
internal sealed class ImageFileSource(IReadOnlyList<string> files, IReadOnlyList<int> labels, IReadOnlyList<(long Length, long Changed)> stamps) : IImageSource
{
    public IReadOnlyList<string> Files { get; } = files;

    public IReadOnlyList<int> Labels { get; } = labels;

    public string Locate(int index) => $"\"{VisibleText.Of(Files[index])}\"";

    public RgbImage Decode(int index)
    {
        RequireUnchanged(index);
        return ImageFileDecoder.Decode(Files[index]);
    }

    public void DecodeTo(int index, int side, Span<byte> planes)
    {
        RequireUnchanged(index);
        ImageFileDecoder.DecodeTo(Files[index], side, planes);
    }

    /// <exception cref="TrainingException">The file has changed (kind Data). Not a corrupt image: those may be left out.</exception>
    private void RequireUnchanged(int index)
    {
        if (LinkedFile.Stamp(Files[index]) is var now && now != stamps[index])
        {
            throw DatasetErrors.Bad(
                $"{Locate(index)} {(now.Length == LinkedFile.Missing ? "is gone" : "has changed")} since the images of its data set were listed; {DatasetErrors.WhatToDo}");
        }
    }
}
