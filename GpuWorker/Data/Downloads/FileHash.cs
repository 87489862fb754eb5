using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Experiments.GpuWorker.Data.Downloads;

internal static class FileHash
{
    /// <returns>32 lower-case hexadecimal digits.</returns>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is the hash that the files are published with.")]
    public static string Md5Of(string file)
    {
        using FileStream content = File.OpenRead(file);
        return Convert.ToHexStringLower(MD5.HashData(content));
    }
}
