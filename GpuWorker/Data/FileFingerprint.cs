using System.Security.Cryptography;
using System.Text;

namespace Experiments.GpuWorker.Data;

/// <summary>Tells whether files have changed, without reading them: names, sizes and times of the last change.</summary>
internal static class FileFingerprint
{
    /// <param name="meanings">What belongs to the meaning of the files besides their names.</param>
    public static string Of(string root, IEnumerable<string> files, IReadOnlyList<string>? meanings = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            var info = new FileInfo(file);
            hash.AppendData(Encoding.UTF8.GetBytes(
                $"{Path.GetRelativePath(root, file)}\n{info.Length}\n{info.LastWriteTimeUtc.Ticks}\n"));
        }

        foreach (string meaning in meanings ?? [])
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{meaning}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
