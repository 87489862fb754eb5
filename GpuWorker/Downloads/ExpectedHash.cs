using System.Security.Cryptography;

namespace Experiments.GpuWorker.Downloads;

/// <summary>The hash that a file is published with.</summary>
internal sealed class ExpectedHash
{
    private const int BufferBytes = 1 << 18;
    private const int Md5Digits = 32;

    private readonly HashAlgorithmName _algorithm;
    private readonly string _name;
    private readonly string _digits;

    private ExpectedHash(HashAlgorithmName algorithm, string name, string digits)
    {
        _algorithm = algorithm;
        _name = name;
        _digits = digits;
    }

    /// <param name="digits">Lower-case hexadecimal digits, all of them.</param>
    public static ExpectedHash Md5(string digits) => digits.Length == Md5Digits
        ? new ExpectedHash(HashAlgorithmName.MD5, "MD5", digits)
        : throw new ArgumentException($"\"{digits}\" has {digits.Length} digits; an MD5 has {Md5Digits}", nameof(digits));

    /// <param name="digits">Lower-case hexadecimal digits, the first ones.</param>
    public static ExpectedHash Sha256Prefix(string digits) => new(HashAlgorithmName.SHA256, "SHA-256", digits);

    /// <returns>How the file differs from the published one; null if it matches.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public string? DescribeMismatch(string path, CancellationToken cancel)
    {
        string actual = Hash(path, cancel);
        if (actual.StartsWith(_digits, StringComparison.Ordinal))
        {
            return null;
        }

        return $"its {_name} is {actual}{(_digits.Length < actual.Length ? ", which does not begin with" : "; expected")} {_digits}";
    }

    private string Hash(string path, CancellationToken cancel)
    {
        using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(_algorithm);
        byte[] buffer = new byte[BufferBytes];
        while (content.Read(buffer) is > 0 and var count)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
