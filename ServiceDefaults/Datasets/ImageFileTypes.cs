using System.Collections.Frozen;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Which files are images, by the extension of their names.</summary>
public static class ImageFileTypes
{
    /// <summary>The formats that can be decoded, in words.</summary>
    public const string Decoded = "JPEG, PNG, BMP, WebP or GIF";

    /// <summary>The extensions that were recognized before GIF and JPEG's rarer ones were added.</summary>
    private static readonly FrozenSet<string> First = Set(".jpg", ".jpeg", ".png", ".bmp", ".webp");

    private static readonly FrozenSet<string> All = Set([.. First, ".gif", ".jfif", ".jpe", ".pjpeg", ".pjp"]);

    private static readonly FrozenSet<string> Foreign = Set(
        ".tif", ".tiff", ".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".jpx", ".jxl", ".jxr", ".psd", ".svg", ".tga", ".dds", ".exr", ".hdr", ".ico",
        ".ppm", ".pgm", ".pbm", ".pnm", ".pcx", ".dcm", ".nii", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf", ".raw");

    /// <summary>True where the file counts as an image of its class.</summary>
    public static bool IsDecoded(string file) => All.Contains(Path.GetExtension(file));

    /// <summary>True where the file is an image in a format that cannot be decoded.</summary>
    public static bool IsForeign(string file) => Foreign.Contains(Path.GetExtension(file));

    /// <summary>True where versions that knew only the usual extensions of JPEG, PNG, BMP and WebP ignored the file.</summary>
    internal static bool IsLater(string file) => IsDecoded(file) && !First.Contains(Path.GetExtension(file));

    private static FrozenSet<string> Set(params string[] extensions) => extensions.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
