using System.Buffers.Binary;

namespace Experiments.EndToEnd.Tests;

/// <summary>Writes class folders of images with a single color each (BMP), which are easy to classify.</summary>
internal static class Images
{
    private const int Side = 24;
    private const int HeaderBytes = 54;
    private const int PixelBytes = 3;

    private static readonly string[] Classes = ["dark", "bright"];

    /// <param name="count">Images of each class; existing ones are kept.</param>
    public static void Write(string folder, int count)
    {
        for (int label = 0; label < Classes.Length; label++)
        {
            string of = Directory.CreateDirectory(Path.Combine(folder, Classes[label])).FullName;
            foreach (int i in Enumerable.Range(0, count).Where(i => !File.Exists(Path.Combine(of, $"{i}.bmp"))))
            {
                File.WriteAllBytes(Path.Combine(of, $"{i}.bmp"), Picture((byte)((150 * label) + (3 * i))));
            }
        }
    }

    private static byte[] Picture(byte brightness)
    {
        byte[] file = new byte[HeaderBytes + (Side * Side * PixelBytes)];
        file.AsSpan(HeaderBytes).Fill(brightness);
        "BM"u8.CopyTo(file);
        foreach ((int at, int value) in ((int, int)[])[(2, file.Length), (10, HeaderBytes), (14, 40), (18, Side), (22, Side)])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 8 * PixelBytes);
        return file;
    }
}
