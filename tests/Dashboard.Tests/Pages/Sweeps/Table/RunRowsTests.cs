using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class RunRowsTests
{
    private readonly List<(int Skip, int Take)> _reads = [];
    private int _total = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_RowsThatAreKnown_AreNotReadAgain()
    {
        var rows = new RunRows(ReadAsync);

        IReadOnlyList<RunView> first = await rows.GetAsync(0, 40, Token);
        await rows.GetAsync(5, 40, Token);

        Assert.Equal(Enumerable.Range(1, 40), first.Select(run => run.Cell));
        Assert.Equal([(0, 50)], _reads);
    }

    [Fact]
    public async Task GetAsync_ScrolledOn_ReadsOneStretchAndForgetsFarOnes()
    {
        var rows = new RunRows(ReadAsync);
        for (int first = 0; first < 2_000; first += 60)
        {
            Assert.Equal(first + 1, (await rows.GetAsync(first, 60, Token))[0].Cell);
        }

        Assert.All(_reads, read => Assert.InRange(read.Take, 1, 100));
        Assert.Empty(rows.Known(0, 60));
        Assert.Equal(60, rows.Known(1_900, 60).Count);
    }

    [Fact]
    public async Task Ahead_Scrolling_NamesTheRowsThatComeNextInThatDirection()
    {
        var rows = new RunRows(ReadAsync);
        await rows.GetAsync(0, 50, Token);
        Assert.Null(rows.Ahead(0, 50));
        await rows.GetAsync(200, 50, Token);

        Assert.Equal(250, rows.Ahead(200, 50));
        await rows.GetAsync(180, 50, Token);
        Assert.Equal(130, rows.Ahead(180, 50));
        await rows.GetAsync(130, 50, Token);
        Assert.Null(rows.Ahead(180, 50));
    }

    [Fact]
    public async Task Invalidate_RowsInSight_AreShownUntilTheyAreReadAgain()
    {
        var rows = new RunRows(ReadAsync);
        await rows.GetAsync(100, 25, Token);
        _total = 110;

        rows.Invalidate();
        Assert.Equal(25, rows.Known(100, 25).Count);
        IReadOnlyList<RunView> now = await rows.GetAsync(100, 25, Token);

        Assert.Equal((10, 110), (now.Count, rows.Total));
    }

    [Fact]
    public async Task GetAsync_AnswerForATableThatIsGone_IsDropped()
    {
        var answer = new TaskCompletionSource<Page<RunView>>();
        var rows = new RunRows((_, _, _) => answer.Task);
        Task<IReadOnlyList<RunView>> late = rows.GetAsync(0, 10, Token);

        rows.Clear();
        answer.SetResult(new Page<RunView>(1, [Samples.Run(1)]));

        Assert.Empty(await late);
        Assert.Equal(0, rows.Total);
    }

    private Task<Page<RunView>> ReadAsync(int skip, int take, CancellationToken cancellationToken)
    {
        _reads.Add((skip, take));
        return Task.FromResult(new Page<RunView>(
            _total, [.. Enumerable.Range(skip + 1, Math.Max(0, Math.Min(take, _total - skip))).Select(cell => Samples.Run(cell))]));
    }
}
