using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Decides which files of a folder are images.</summary>
internal static class ImageFiles
{
    /// <summary>True for a file with the name of an image; false for a link without a target.</summary>
    public static bool Is(string file) => ImageFileTypes.IsDecoded(file) && !LinkedFile.IsBrokenLink(file);
}
