using Experiments.GpuWorker.Training.Batches;

namespace Experiments.GpuWorker.Tests.Training.Batches;

public class BatchOrderTests
{
    [Theory]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    [InlineData(8, 4, new[] { 4, 4 })]
    [InlineData(9, 4, new[] { 4, 4 })]
    [InlineData(3, 4, new[] { 3 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    public void Batch_AllOfAnEpoch_CoverTheImagesButALonelyOne(int images, int batchSize, int[] sizes)
    {
        var order = new BatchOrder(42, images, batchSize);
        int[] places = order.Of(0);

        int[][] batches = [.. Enumerable.Range(0, order.Iterations).Select(iteration => order.Batch(places, iteration).ToArray())];

        Assert.Equal(sizes, batches.Select(batch => batch.Length));
        Assert.Equal(sizes.Sum(), batches.SelectMany(batch => batch).Distinct().Count());
    }

    [Fact]
    public void Of_AnotherEpochOrSeed_IsAnotherOrder()
    {
        int[] order = new BatchOrder(42, 100, 10).Of(0);

        Assert.Equal(order, new BatchOrder(42, 100, 20).Of(0));
        Assert.NotEqual(order, new BatchOrder(42, 100, 10).Of(1));
        Assert.NotEqual(order, new BatchOrder(43, 100, 10).Of(0));
    }
}
