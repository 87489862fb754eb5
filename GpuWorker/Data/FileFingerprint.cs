using System.Security.Cryptography;
using System.Text;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data;

/// <summary>Tells whether files have changed, without reading them: names, sizes and times of the last change, of what links lead to.</summary>
internal static class FileFingerprint
{
    /// <param name="meanings">What belongs to the meaning of the files besides their names.</param>
    public static string Of(string root, IEnumerable<string> files, IReadOnlyList<string>? meanings = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            (long length, long changed) = LinkedFile.Stamp(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(root, file)}\n{length}\n{changed}\n"));
        }

        foreach (string meaning in meanings ?? [])
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{meaning}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
