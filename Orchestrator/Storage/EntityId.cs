using System.Buffers;
using System.Security.Cryptography;

namespace Experiments.Orchestrator.Storage;

/// <summary>
/// Ids of sweeps and runs: 26 lower-case characters of Crockford's base 32. The first 10 encode the time in milliseconds, the others are random (a
/// ULID). Ids sort by their time of creation.
/// </summary>
public static class EntityId
{
    public const int Length = 26;
    private const int TimeLength = 10;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    public static string New(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[Length - TimeLength];
        RandomNumberGenerator.Fill(random);
        Span<char> id = stackalloc char[Length];
        long milliseconds = now.ToUnixTimeMilliseconds();
        for (int i = TimeLength - 1; i >= 0; i--)
        {
            id[i] = Alphabet[(int)(milliseconds & 31)];
            milliseconds >>= 5;
        }

        for (int i = 0; i < random.Length; i++)
        {
            id[TimeLength + i] = Alphabet[random[i] & 31];
        }

        return new string(id);
    }

    public static bool IsWellFormed(string? text) =>
        text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Allowed);
}
