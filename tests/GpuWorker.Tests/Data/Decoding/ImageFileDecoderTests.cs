using Experiments.GpuWorker.Data.Decoding;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Data.Decoding;

public sealed class ImageFileDecoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Reduced scale drops only details that the result would not show.</summary>
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

    [Fact]
    public void Decode_GitLfsPointer_SaysWhatToDo()
    {
        string file = _folder.File("cat.jpg");
        File.WriteAllText(file, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");

        CorruptImageException failure = Assert.Throws<CorruptImageException>(() => ImageFileDecoder.Decode(file));

        Assert.StartsWith("it is a Git LFS pointer, a text in place of the file itself; run git lfs pull", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Reading a pipe waits for its writer.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decode_Pipe_IsRefused(bool isLinked)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string pipe = _folder.File("pipe.png");
        await NamedPipe.CreateAsync(pipe);

        string file = isLinked ? _folder.File("link.png") : pipe;
        if (isLinked)
        {
            File.CreateSymbolicLink(file, pipe);
        }

        CorruptImageException refused = await Assert.ThrowsAsync<CorruptImageException>(
            () => Task.Run(() => ImageFileDecoder.Decode(file), cancel).WaitAsync(cancel));

        Assert.Equal("the file is empty, or not a regular file", refused.Message);
    }

    [Theory]
    [InlineData("icon")]
    [InlineData("WBMP")]
    public void Decode_FormatThatIsNotOffered_IsRefused(string format)
    {
        byte[] content = format == "icon" ? Icon() : [0, 0, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8];
        using (SKData data = SKData.CreateCopy(content))
        using (SKCodec known = SKCodec.Create(data))
        {
            Assert.NotNull(known);
        }

        CorruptImageException refused = Assert.Throws<CorruptImageException>(() => ImageFileDecoder.Decode(content));

        Assert.Equal("it is not a JPEG, PNG, BMP, WebP or GIF image", refused.Message);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A PNG file of 16×16 pixels in an icon file.</summary>
    private byte[] Icon()
    {
        string file = _folder.File("16.png");
        SampleImages.Write(file, SKColors.White, 16, 16);
        byte[] png = File.ReadAllBytes(file);
        return [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, .. BitConverter.GetBytes(png.Length), .. BitConverter.GetBytes(22), .. png];
    }
}
