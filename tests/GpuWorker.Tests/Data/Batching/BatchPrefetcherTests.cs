using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Batching;

public class BatchPrefetcherTests
{
    private const int Side = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void TryTake_AnyNumberOfThreads_GivesEachImageItsPlace(int threads)
    {
        int[][] batches = [.. Enumerable.Range(0, 40).Select(batch => Enumerable.Range(0, 1 + (batch % 5)).Select(i => ((batch * 7) + i) % 100).ToArray())];
        using var prefetcher = new BatchPrefetcher(new NumberedImages(), Side, batches, threads);

        foreach (int[] batch in batches)
        {
            using torch.Tensor pixels = prefetcher.TryTake(batch)!;
            Assert.Equal(batch.SelectMany(position => Enumerable.Repeat((byte)position, 3 * Side * Side)), pixels.bytes.ToArray());
        }

        Assert.Null(prefetcher.TryTake([1]));
    }

    [Fact]
    public void TryTake_ImagesThatCannotBeDecoded_NamesTheFirstOfItsBatch()
    {
        var images = new NumberedImages { Corrupt = [4, 5] };
        using var prefetcher = new BatchPrefetcher(images, Side, [[1, 2], [3, 5, 4], [6]], threads: 3);

        prefetcher.TryTake([1, 2])!.Dispose();
        TrainingException failure = Assert.Throws<TrainingException>(() => prefetcher.TryTake([3, 5, 4]));
        prefetcher.TryTake([6])!.Dispose();

        Assert.Equal("number 5 cannot be decoded: spoilt. Fix or remove it, or set skipCorrupt: true in the dataset block", failure.Message);
    }

    [Fact]
    public void TryTake_AnotherFailure_IsThrownAsItIs()
    {
        var images = new NumberedImages { Broken = 2 };
        using var prefetcher = new BatchPrefetcher(images, Side, [[1, 2]], threads: 2);

        Assert.Throws<InvalidOperationException>(() => prefetcher.TryTake([1, 2]));
    }

    [Fact]
    public void Dispose_BeforeAllIsTaken_HasDecodedNoMoreThanFits()
    {
        const int LargeSide = 1024;
        var images = new NumberedImages();
        int[] batch = [.. Enumerable.Range(0, 40)];
        using (var prefetcher = new BatchPrefetcher(images, LargeSide, [.. Enumerable.Repeat(batch, 20)], threads: 2))
        {
            prefetcher.TryTake(batch)!.Dispose();
        }

        Assert.InRange(images.Decoded, batch.Length, 3 * batch.Length);
    }

    [Fact]
    public void TryTake_Disposed_GivesNothing()
    {
        var prefetcher = new BatchPrefetcher(new NumberedImages(), Side, [[1], [2]], threads: 2);

        prefetcher.Dispose();

        Assert.Null(prefetcher.TryTake([1]));
    }

    /// <summary>Images whose pixels all equal the image's number.</summary>
    private sealed class NumberedImages : IImageSource
    {
        private int _decoded;

        public int[] Corrupt { get; init; } = [];

        public int? Broken { get; init; }

        public int Decoded => _decoded;

        public IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, 100)];

        public string Locate(int index) => $"number {index}";

        public RgbImage Decode(int index) => throw new NotSupportedException();

        public void DecodeTo(int index, int side, Span<byte> planes)
        {
            Interlocked.Increment(ref _decoded);
            if (Corrupt.Contains(index))
            {
                throw new CorruptImageException("spoilt");
            }

            if (index == Broken)
            {
                throw new InvalidOperationException();
            }

            planes.Fill((byte)index);
        }
    }
}
