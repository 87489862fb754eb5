using Experiments.Contracts.Metrics;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>The behaviour of every implementation of <see cref="IMetricStream"/>.</summary>
public abstract class MetricStreamConformance
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(30);

    private protected MetricStreamOptions Options { get; } = new() { PageSize = 7 };

    /// <summary>The clock that decides what is recent; the stream's entries are from about now.</summary>
    private protected ShiftedTime Time { get; } = new();

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An empty stream, made with <see cref="Options"/> and <see cref="Time"/>.</summary>
    protected abstract Task<IMetricStream> CreateAsync();

    [Fact]
    public async Task Read_FromBeginning_GivesEverythingInOrder()
    {
        IMetricStream stream = await CreateAsync();
        MetricBatch[] batches = TestBatches.Numbered(1, 30);
        await stream.AppendAsync(batches, Cancelled);

        List<MetricStreamEntry> entries = await TakeAsync(stream, IMetricStream.Beginning, 30);

        Assert.All(entries.Zip(batches), pair => TestBatches.AssertEqual(pair.Second, pair.First.Batch));
    }

    /// <summary>The attempt decides which of two points of a step counts, so points of different attempts must not be merged.</summary>
    [Fact]
    public async Task Read_AttemptsThatInterleave_KeepsTheAttemptOfEachPoint()
    {
        IMetricStream stream = await CreateAsync();
        MetricBatch[] batches = [.. ((int[])[2, 1, 2, 1]).Select((attempt, i) => TestBatches.Numbered(i + 1) with { Attempt = attempt })];
        await stream.AppendAsync(batches, Cancelled);

        List<MetricStreamEntry> entries = await TakeAsync(stream, IMetricStream.Beginning, 4);

        Assert.Equal([(1, 2), (2, 1), (3, 2), (4, 1)], entries.Select(entry => ((int)TestBatches.NumberOf(entry.Batch), entry.Batch.Attempt)));
    }

    [Fact]
    public async Task Read_ManyEntries_ComeInPagesThatAreNeitherEmptyNorTooLong()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 30), Cancelled);

        var sizes = new List<int>();
        await foreach (IReadOnlyList<MetricStreamEntry> page in stream.ReadAsync(IMetricStream.Beginning, Cancelled))
        {
            sizes.Add(page.Count);
            if (sizes.Sum() == 30)
            {
                break;
            }
        }

        Assert.All(sizes, size => Assert.InRange(size, 1, Options.PageSize));
    }

    [Fact]
    public async Task Read_AfterAPosition_GivesWhatCameLater()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        List<MetricStreamEntry> first = await TakeAsync(stream, IMetricStream.Beginning, 4);

        List<MetricStreamEntry> rest = await TakeAsync(stream, first[3].Position, 6);

        Assert.Equal([5, 6, 7, 8, 9, 10], Numbers(rest));
    }

    [Fact]
    public async Task Read_Positions_Grow()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        await stream.AppendAsync(TestBatches.Numbered(11, 10), Cancelled);

        var positions = (await TakeAsync(stream, IMetricStream.Beginning, 20)).ConvertAll(entry => StreamPosition.Parse(entry.Position));

        Assert.All(positions.Zip(positions.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public async Task Read_AtTheEnd_WaitsForWhatIsAppended()
    {
        IMetricStream stream = await CreateAsync();
        Task<List<MetricStreamEntry>> reader = TakeAsync(stream, IMetricStream.Beginning, 2);

        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);
        await stream.AppendAsync([TestBatches.Numbered(2)], Cancelled);

        Assert.Equal([1, 2], Numbers(await reader));
    }

    [Fact]
    public async Task Read_FromNow_GivesNothingOlder()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        Task<List<MetricStreamEntry>> reader = TakeAsync(stream, after: null, 1);

        // The reader does not signal its start, so batches are appended until it receives one.
        for (int number = 11; !reader.IsCompleted; number++)
        {
            await stream.AppendAsync([TestBatches.Numbered(number)], Cancelled);
        }

        Assert.InRange(TestBatches.NumberOf((await reader)[0].Batch), 11, long.MaxValue);
    }

    [Fact]
    public async Task Read_TwoReaders_BothGetEverything()
    {
        IMetricStream stream = await CreateAsync();
        Task<List<MetricStreamEntry>> one = TakeAsync(stream, IMetricStream.Beginning, 20);
        Task<List<MetricStreamEntry>> two = TakeAsync(stream, IMetricStream.Beginning, 20);

        await stream.AppendAsync(TestBatches.Numbered(1, 20), Cancelled);

        Assert.Equal(Numbers(await one), Numbers(await two));
    }

    [Fact]
    public async Task Read_PositionThatTheStreamNeverReached_StartsAtTheBeginning()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 3), Cancelled);

        List<MetricStreamEntry> entries = await TakeAsync(stream, "99999999999999-0", 3);

        Assert.Equal([1, 2, 3], Numbers(entries));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("1-2-3")]
    [InlineData("-5")]
    public async Task Read_NoPosition_IsRefused(string after)
    {
        IMetricStream stream = await CreateAsync();

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => TakeAsync(stream, after, 1));

        Assert.Contains($"'{after}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Cancelled_Ends()
    {
        IMetricStream stream = await CreateAsync();
        using var stop = new CancellationTokenSource();
        IAsyncEnumerator<IReadOnlyList<MetricStreamEntry>> reader = stream.ReadAsync(null, stop.Token).GetAsyncEnumerator(Cancelled);
        ValueTask<bool> next = reader.MoveNextAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Append_Nothing_ChangesNothing()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync([], Cancelled);
        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);

        Assert.Equal([1], Numbers(await TakeAsync(stream, IMetricStream.Beginning, 1)));
    }

    [Fact]
    public async Task Append_SameBatchAgain_IsGivenTwice()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);
        await stream.AppendAsync([TestBatches.Numbered(1)], Cancelled);

        Assert.Equal([1, 1], Numbers(await TakeAsync(stream, IMetricStream.Beginning, 2)));
    }

    [Fact]
    public async Task Append_Concurrently_LosesNothingAndKeepsEachSendersOrder()
    {
        IMetricStream stream = await CreateAsync();
        IEnumerable<Task> writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            for (int number = 1; number <= 25; number++)
            {
                await stream.AppendAsync([TestBatches.Numbered(number, $"run-{writer}")], Cancelled);
            }
        });

        await Task.WhenAll(writers);

        List<MetricStreamEntry> entries = await TakeAsync(stream, IMetricStream.Beginning, 200);
        Assert.All(entries.GroupBy(entry => entry.Batch.RunId), run => Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n), Numbers(run)));
    }

    [Fact]
    public async Task Append_Cancelled_IsNotDone()
    {
        IMetricStream stream = await CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stream.AppendAsync([TestBatches.Numbered(1)], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Trim_OldEntries_ForgetsThemUpToThePosition()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        string fourth = (await TakeAsync(stream, IMetricStream.Beginning, 4))[3].Position;
        Time.Shift = Options.Retention * 2;

        await stream.TrimAsync(fourth, Cancelled);

        Assert.Equal([5, 6, 7, 8, 9, 10], Numbers(await TakeAsync(stream, IMetricStream.Beginning, 6)));
    }

    [Fact]
    public async Task Trim_RecentEntries_KeepsThem()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        string last = (await TakeAsync(stream, IMetricStream.Beginning, 10))[9].Position;

        await stream.TrimAsync(last, Cancelled);

        Assert.Equal(10, (await TakeAsync(stream, IMetricStream.Beginning, 10)).Count);
    }

    [Fact]
    public async Task Trim_Everything_LeavesReadersWhereTheyAre()
    {
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 10), Cancelled);
        string last = (await TakeAsync(stream, IMetricStream.Beginning, 10))[9].Position;
        Time.Shift = Options.Retention * 2;
        await stream.TrimAsync(last, Cancelled);

        Task<List<MetricStreamEntry>> reader = TakeAsync(stream, last, 1);
        await stream.AppendAsync([TestBatches.Numbered(11)], Cancelled);

        Assert.Equal([11], Numbers(await reader));
    }

    [Fact]
    public async Task Append_MoreThanTheStreamMayKeep_DropsTheOldest()
    {
        Options.MaxEntries = 1000;
        IMetricStream stream = await CreateAsync();
        await stream.AppendAsync(TestBatches.Numbered(1, 5000), Cancelled);

        long oldest = TestBatches.NumberOf((await TakeAsync(stream, IMetricStream.Beginning, 1))[0].Batch);

        // An implementation may keep a few more than asked for.
        Assert.InRange(oldest, 3801, 4001);
    }

    /// <summary>The first <paramref name="count"/> entries.</summary>
    private protected static async Task<List<MetricStreamEntry>> TakeAsync(IMetricStream stream, string? after, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TestTimeout);
        var entries = new List<MetricStreamEntry>();
        await foreach (IReadOnlyList<MetricStreamEntry> page in stream.ReadAsync(after, limit.Token))
        {
            entries.AddRange(page);
            if (entries.Count >= count)
            {
                break;
            }
        }

        return entries[..count];
    }

    private protected static IEnumerable<long> Numbers(IEnumerable<MetricStreamEntry> entries) =>
        entries.Select(entry => TestBatches.NumberOf(entry.Batch));
}
