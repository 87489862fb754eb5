using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>The SHA-256 of everything in a file (texts, names, types, shapes, values), kept as one of its texts.</summary>
internal static class SafetensorsChecksum
{
    private const string Key = "sha256";

    /// <summary>The texts of <paramref name="header"/> and the checksum.</summary>
    public static IReadOnlyDictionary<string, string> Add(SafetensorsHeader header, IReadOnlyList<Tensor> contents) =>
        new Dictionary<string, string>(header.Metadata) { [Key] = Compute(header, contents) };

    /// <exception cref="SafetensorsException">It does not match, or is missing though required.</exception>
    public static void Verify(SafetensorsHeader header, IReadOnlyList<Tensor> contents, bool required)
    {
        if (!header.Metadata.TryGetValue(Key, out string? expected))
        {
            if (required)
            {
                throw new SafetensorsException("it has no checksum");
            }
        }
        else if (Compute(header, contents) != expected)
        {
            throw new SafetensorsException("its checksum does not match: it was altered");
        }
    }

    private static string Compute(SafetensorsHeader header, IReadOnlyList<Tensor> contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in header.Metadata.Where(pair => pair.Key != Key).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{key.Length} {key}{value.Length} {value}"));
        }

        for (int i = 0; i < contents.Count; i++)
        {
            SafetensorsEntry entry = header.Entries[i];
            hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Name.Length} {entry.Name} {entry.Type.Name} {string.Join(',', entry.Shape)}\n"));
            if (contents[i].numel() > 0)
            {
                hash.AppendData(contents[i].bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
