using CsCheck;
using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.ServiceDefaults.Tests.Metrics;

public sealed class MetricBatchCodecTests
{
    private static readonly Gen<DateTimeOffset> AnyTime =
        Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<string> AnyText = Gen.String[Gen.Char['\u0000', '\uD7FF'], 0, 20];

    private static readonly Gen<MetricPoint> AnyPoint = Gen.Select(
        Gen.Long, AnyText, Gen.Long, Gen.Double.Where(double.IsFinite), AnyTime,
        (sequence, name, step, value, time) => new MetricPoint(sequence, name, step, value, time));

    private static readonly Gen<MetricBatch> AnyBatch = Gen.Select(
        AnyText, AnyText, Gen.Int[1, int.MaxValue], AnyPoint.Array[0, 20],
        (sweep, run, attempt, points) => new MetricBatch(sweep, run, attempt, points));

    [Fact]
    public void TryDecode_Encoded_GivesTheSame() => AnyBatch.Sample(batch =>
    {
        Assert.True(MetricBatchCodec.TryDecode(MetricBatchCodec.Encode(batch), out MetricBatch? decoded, out _));
        TestBatches.AssertEqual(batch, decoded);
    });

    [Fact]
    public void TryDecode_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        if (bytes.Length > 0)
        {
            bytes[0] = MetricBatchCodec.Version;
        }

        bool decoded = MetricBatchCodec.TryDecode(bytes, out MetricBatch? batch, out string? problem);

        Assert.Equal(decoded, batch is not null);
        Assert.Equal(decoded, problem is null);
    });

    [Fact]
    public void TryDecode_DamagedBatch_NeverThrows() => Gen.Select(AnyBatch, Gen.Int[0, 10_000], Gen.Byte).Sample((batch, at, value) =>
    {
        byte[] bytes = MetricBatchCodec.Encode(batch);
        bytes[at % bytes.Length] = value;

        MetricBatchCodec.TryDecode(bytes, out _, out _);
        MetricBatchCodec.TryDecode(bytes.AsMemory(0, at % bytes.Length), out _, out _);
    });

    [Fact]
    public void TryDecode_HugeCount_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] bytes = [MetricBatchCodec.Version, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0x07];

        Assert.False(MetricBatchCodec.TryDecode(bytes, out _, out string? problem));
        Assert.Contains("2147483647", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_NotFiniteValue_IsRefused()
    {
        byte[] bytes = MetricBatchCodec.Encode(
            new MetricBatch("sweep", "run", 1, [new MetricPoint(1, MetricNames.BatchLoss, 1, double.NaN, TestBatches.Time)]));

        Assert.False(MetricBatchCodec.TryDecode(bytes, out _, out string? problem));
        Assert.Contains("not a finite number", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_HundredPoints_TakesLessThanTwentyBytesEach()
    {
        var points = Enumerable.Range(1, 100)
            .Select(n => new MetricPoint(n, MetricNames.BatchLoss, n, 1.0 / n, TestBatches.Time.AddMilliseconds(n * 31.7)))
            .ToList();

        Assert.InRange(MetricBatchCodec.Encode(new MetricBatch("sweep", "run", 1, points)).Length, 1, 2000);
    }
}
