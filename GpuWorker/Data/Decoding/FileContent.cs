using System.Text;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>Describes the content of a file that is not a decodable image, by its first bytes.</summary>
internal static class FileContent
{
    private const int MostLooked = 512;

    /// <summary>A pointer has only a few lines of text.</summary>
    private const int LongestPointer = 1024;

    private static readonly (string Name, byte[] Start)[] Decoded =
    [
        ("JPEG", [0xFF, 0xD8]),
        ("PNG", [0x89, (byte)'P', (byte)'N', (byte)'G']),
        ("GIF", [.. "GIF8"u8]),
        ("BMP", [(byte)'B', (byte)'M']),
    ];

    private static readonly (string Name, string Start)[] Others =
    [
        ("a TIFF image", "II*\0"),
        ("a TIFF image", "MM\0*"),
        ("a PDF document", "%PDF-"),
        ("a ZIP archive", "PK\u0003\u0004"),
        ("a Photoshop image", "8BPS"),
    ];

    /// <returns>The end of a sentence about the file.</returns>
    public static string DescribeNonImage(ReadOnlySpan<byte> content)
    {
        // Latin-1 has a character for each byte.
        string start = Encoding.Latin1.GetString(content[..Math.Min(MostLooked, content.Length)]);
        return Pointer(content, start) ?? Damaged(content, start) ?? Other(start) ?? "it is not a JPEG, PNG, BMP, WebP or GIF image";
    }

    /// <summary>A pointer in place of a large file that a clone of a repository has not fetched.</summary>
    private static string? Pointer(ReadOnlySpan<byte> content, string start) =>
        GitLfsPointer.Is(content) ? GitLfsPointer.Explanation
        : content.Length <= LongestPointer && start.Contains("/annex/objects/", StringComparison.Ordinal)
            ? "it is a git-annex pointer, a text in place of the file itself; run git annex get where it was cloned"
        : null;

    private static string? Damaged(ReadOnlySpan<byte> content, string start)
    {
        foreach ((string name, byte[] first) in Decoded)
        {
            if (content.StartsWith(first))
            {
                return $"it begins as a {name} image, but its header is cut short or damaged";
            }
        }

        return IsWebP(start) ? "it begins as a WebP image, but its header is cut short or damaged" : null;
    }

    private static bool IsWebP(string start) => start.StartsWith("RIFF", StringComparison.Ordinal) && (start.Length < 12 || start.AsSpan(8, 4) is "WEBP");

    private static string? Other(string start)
    {
        string? name = Others.FirstOrDefault(other => start.StartsWith(other.Start, StringComparison.Ordinal)).Name ?? Boxed(start) ?? Markup(start.TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t'));
        return name is null ? null : $"it is {name}, whatever its name says; allowed: JPEG, PNG, BMP, WebP or GIF";
    }

    /// <summary>Formats made of boxes have their name in the first box.</summary>
    private static string? Boxed(string start) => start.Length < 12 || start.AsSpan(4, 4) is not "ftyp" ? null : start[8..12] switch
    {
        "avif" or "avis" => "an AVIF image",
        "heic" or "heix" or "hevc" or "heim" or "heis" or "mif1" or "msf1" => "a HEIC image",
        _ => "a video",
    };

    private static string? Markup(string start) =>
        start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "a web page"
        : start.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || (start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && start.Contains("<svg", StringComparison.OrdinalIgnoreCase)) ? "an SVG drawing"
        : null;
}
