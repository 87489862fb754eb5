using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Experiments.GpuWorker.Data.Decoding;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>The built-in 1,797 handwritten digits; see digits.ATTRIBUTION.txt.</summary>
public sealed class DigitsReader : IDatasetReader
{
    private const string Resource = "digits.csv.gz";

    public DatasetContents Open(string? folder)
    {
        using Stream packed = typeof(DigitsReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the program was built without {Resource}");
        using var content = new MemoryStream();
        packed.CopyTo(content);
        content.Position = 0;
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        using var reader = new StreamReader(new GZipStream(content, CompressionMode.Decompress));
        return new DatasetContents(
            [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))],
            new Digits(ReadLines(reader)),
            Validation: null,
            Test: null,
            fingerprint);
    }

    private static List<byte[]> ReadLines(StreamReader reader)
    {
        var lines = new List<byte[]>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            lines.Add([.. line.Split(',').Select(value => byte.Parse(value, CultureInfo.InvariantCulture))]);
        }

        return lines;
    }

    /// <param name="lines">64 values from 0 to 16, then the label.</param>
    private sealed class Digits(List<byte[]> lines) : IImageSource
    {
        private const int Side = 8;
        private const int Brightest = 16;

        public IReadOnlyList<int> Labels { get; } = [.. lines.Select(line => (int)line[Side * Side])];

        public string Locate(int index) => $"line {index + 1} of {Resource}";

        public RgbImage Decode(int index)
        {
            byte[] pixels = new byte[Side * Side * 3];
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] = (byte)Math.Round(lines[index][i / 3] * 255.0 / Brightest);
            }

            return new RgbImage(Side, Side, pixels);
        }
    }
}
