using Experiments.GpuWorker.Data.Decoding;

namespace Experiments.GpuWorker.Tests.Data.Decoding;

/// <summary>Images that a camera stored rotated or mirrored.</summary>
public sealed class ImageOrientationTests : IDisposable
{
    private const int Side = 24;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int> Files
    {
        get
        {
            var files = new TheoryData<string, int>();
            foreach (string name in (string[])["x.jpg", "x.png", "x.webp"])
            {
                for (int orientation = 1; orientation <= 8; orientation++)
                {
                    files.Add(name, orientation);
                }
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_Oriented_StandsUpright(string name, int orientation)
    {
        RgbImage upright = Picture(61, 40);

        RgbImage decoded = ImageFileDecoder.Decode(Write(name, upright, orientation));

        Assert.Equal((upright.Width, upright.Height), (decoded.Width, decoded.Height));
        AssertAlike(upright.Pixels, decoded.Pixels, 12);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OrientedByANumberOfFourBytes_StandsUpright(string name, int orientation)
    {
        RgbImage upright = Picture(61, 40);

        RgbImage decoded = ImageFileDecoder.Decode(Write(name, upright, orientation, ExifFiles.OrientInFourBytes));

        Assert.Equal((upright.Width, upright.Height), (decoded.Width, decoded.Height));
        AssertAlike(upright.Pixels, decoded.Pixels, 12);
    }

    /// <summary>Sizes with a crop half a pixel off center, without scaling, and with a JPEG at reduced scale.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void DecodeTo_Oriented_IsScaledAndCutAsTheUprightImage(string name, int orientation)
    {
        foreach ((int width, int height) in ((int, int)[])[(43, 30), (Side, Side), (150, 203), (30, 211)])
        {
            RgbImage upright = Picture(width, height);
            byte[] expected = new byte[3 * Side * Side];
            byte[] actual = new byte[3 * Side * Side];

            ImageResizer.Fit(upright, Side, expected);
            ImageFileDecoder.DecodeTo(Write(name, upright, orientation), Side, actual);

            AssertAlike(expected, actual, 12);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Different in every corner, and smooth, so that JPEG keeps it.</summary>
    private static RgbImage Picture(int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int to = 3 * ((y * width) + x);
                (pixels[to], pixels[to + 1], pixels[to + 2]) = ((byte)(255 * x / width), (byte)(255 * y / height), (byte)(100 + (100 * x * y / (width * height))));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private string Write(string name, RgbImage upright, int orientation, Func<byte[], int, int, int, byte[]>? orient = null)
    {
        (int width, int height) = orientation >= 5 ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        byte[] stored = new byte[upright.Pixels.Length];
        for (int y = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++)
            {
                (int column, int row) = ExifFiles.StoredPlace(orientation, (x, y), (upright.Width, upright.Height));
                Array.Copy(upright.Pixels, 3 * ((y * upright.Width) + x), stored, 3 * ((row * width) + column), 3);
            }
        }

        string file = _folder.File($"{orientation}-{width}-{height}-{name}");
        SampleImages.Write(file, new RgbImage(width, height, stored));
        File.WriteAllBytes(file, (orient ?? ExifFiles.Orient)(File.ReadAllBytes(file), orientation, width, height));
        return file;
    }

    private static void AssertAlike(byte[] expected, byte[] actual, int most) =>
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, most);
}
