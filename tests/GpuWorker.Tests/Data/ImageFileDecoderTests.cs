using Experiments.GpuWorker.Data;

namespace Experiments.GpuWorker.Tests.Data;

public sealed class ImageFileDecoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Reduced scale leaves out what the result would not show.</summary>
    [Theory]
    [InlineData("whole.jpg", 40, 30)]
    [InlineData("half.jpg", 90, 64)]
    [InlineData("quarter.jpg", 130, 201)]
    [InlineData("eighth.jpg", 600, 517)]
    [InlineData("odd.jpg", 49, 1001)]
    [InlineData("whole.png", 300, 310)]
    [InlineData("same.jpg", 24, 24)]
    public void DecodeTo_AnySize_IsAlmostWhatFullSizeGives(string name, int width, int height)
    {
        const int Side = 24;
        string file = _folder.File(name);
        SampleImages.WriteGradient(file, width, height);
        byte[] full = new byte[3 * Side * Side];
        byte[] reduced = new byte[3 * Side * Side];

        ImageResizer.Fit(ImageFileDecoder.Decode(file), Side, full);
        ImageFileDecoder.DecodeTo(file, Side, reduced);

        Assert.InRange(full.Zip(reduced, (a, b) => Math.Abs(a - b)).Max(), 0, 4);
    }

    public void Dispose() => _folder.Dispose();
}
