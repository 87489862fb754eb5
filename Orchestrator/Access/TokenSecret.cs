using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Orchestrator.Access;

/// <summary>The secrets of tokens: 256 random bits in base64url, after a prefix by which secret scanners and users recognize them.</summary>
internal static class TokenSecret
{
    public const string Prefix = "exp_";

    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The SHA-256, lower-case hexadecimal. A slow hash is for passwords: no one can guess 256 random bits.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
