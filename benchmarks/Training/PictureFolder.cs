using SkiaSharp;

namespace Experiments.Benchmarks.Training;

/// <summary>A folder of ten classes of JPEG files, deleted when disposed.</summary>
internal sealed class PictureFolder : IDisposable
{
    private const int DifferentImages = 100;
    private const int Classes = 10;

    /// <param name="side">The height of the images in pixels; they are a little wider.</param>
    public PictureFolder(int images, int side) => Write("", images, [.. Enumerable.Range(0, DifferentImages).Select(number => Encode(number, side + 32, side))]);

    /// <param name="splits">Folders of class folders, and how many images each holds.</param>
    /// <param name="side">The height and width of the images in pixels.</param>
    public PictureFolder(IEnumerable<(string Name, int Images)> splits, int side)
    {
        byte[][] contents = [.. Enumerable.Range(0, DifferentImages).Select(number => Encode(number, side, side))];
        foreach ((string name, int images) in splits)
        {
            Write(name, images, contents);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("experiments-benchmark-images-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string split, int images, byte[][] contents)
    {
        for (int i = 0; i < images; i++)
        {
            string label = Directory.CreateDirectory(Path.Combine(Folder, split, $"class-{i % Classes}")).FullName;
            File.WriteAllBytes(Path.Combine(label, $"{i:D6}.jpg"), contents[i % DifferentImages]);
        }
    }

    private static byte[] Encode(int number, int width, int side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)(number * 2), 120, 90));
        using var paint = new SKPaint { Color = new SKColor(250, (byte)(number * 2), 30) };
        for (int i = 0; i < 12; i++)
        {
            canvas.DrawCircle((number * 31 * (i + 1)) % side, (number * 17 * (i + 3)) % side, 8 + (3 * i), paint);
        }

        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
