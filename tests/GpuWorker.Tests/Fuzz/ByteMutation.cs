using System.Buffers.Binary;

namespace Experiments.GpuWorker.Tests.Fuzz;

/// <summary>Damages a file as disks, networks and partial downloads do, or as an attacker who changes numbers.</summary>
internal static class ByteMutation
{
    private const int MostChanges = 4;
    private const int LongestRange = 300;

    /// <param name="head">The number of header bytes at the beginning, which half of the changes hit.</param>
    public static byte[] Of(byte[] whole, Random random, int head = 300)
    {
        byte[] content = [.. whole];
        for (int changes = random.Next(1, MostChanges + 1); changes > 0 && content.Length > 0; changes--)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(head, content.Length) : content.Length);
            int end = Math.Min(content.Length, at + random.Next(1, LongestRange));
            content = random.Next(9) switch
            {
                0 => content[..at],
                1 => [.. content[..at], .. content[end..]],
                2 => [.. content[..end], .. content[at..]],
                3 => Filled(content, at, end, (byte)random.Next(256)),
                4 or 5 => Numbered(content, at, random),
                _ => Flipped(content, at, random),
            };
        }

        return content;
    }

    private static byte[] Flipped(byte[] content, int at, Random random)
    {
        content[at] ^= (byte)(1 << random.Next(8));
        return content;
    }

    private static byte[] Filled(byte[] content, int at, int end, byte value)
    {
        content.AsSpan(at, end - at).Fill(value);
        return content;
    }

    /// <summary>A size that is far too large, or negative.</summary>
    private static byte[] Numbered(byte[] content, int at, Random random)
    {
        byte[] number = new byte[8];
        long value = random.Next(4) switch { 0 => long.MaxValue, 1 => -1, 2 => int.MaxValue, _ => 1L << random.Next(63) };
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        if (random.Next(2) == 0)
        {
            Array.Reverse(number);
        }

        number.AsSpan(0, Math.Min(random.Next(2) == 0 ? 4 : 8, content.Length - at)).CopyTo(content.AsSpan(at));
        return content;
    }
}
