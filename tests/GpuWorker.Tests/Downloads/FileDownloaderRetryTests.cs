using Experiments.GpuWorker.Downloads;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>Which failures are retried, and how often.</summary>
public sealed class FileDownloaderRetryTests : IAsyncLifetime
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    private DownloadFixture _fixture = null!;

    public async ValueTask InitializeAsync() => _fixture = await DownloadFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Run_EveryConnectionBringsSomething_ContinuesToTheEnd()
    {
        _fixture.Server.CutAfter = 50_000;
        _fixture.Server.Cut = _ => Task.CompletedTask;

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([0, 50_000, 100_000, 150_000, 200_000, 250_000L], _fixture.Server.Offsets);
        Assert.Empty(_fixture.Time.Pauses);
    }

    [Fact]
    public async Task Run_ConnectionsReset_ResumesFromWhatArrived()
    {
        (_fixture.Server.CutAfter, _fixture.Server.Cuts) = (120_000, 2);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal(3, _fixture.Server.Offsets.Count);
    }

    [Fact]
    public async Task Run_ConnectionsBringNothing_FailsAfterSomeTries()
    {
        _fixture.Server.CutAfter = 0;

        string message = await _fixture.FailAsync();

        Assert.StartsWith($"{_fixture.Source} cannot be downloaded: ", message, StringComparison.Ordinal);
        Assert.Equal(3, _fixture.Server.Offsets.Count);
        Assert.Equal(Pauses, _fixture.Time.Pauses);
    }

    [Fact]
    public async Task Run_ServerWithoutRangesThatAlwaysBreaksOff_Fails()
    {
        (_fixture.Server.CutAfter, _fixture.Server.IgnoresRanges) = (50_000, true);
        _fixture.Server.Cut = _ => Task.CompletedTask;

        await _fixture.FailAsync();

        Assert.Equal(4, _fixture.Server.Offsets.Count);
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Run_ServerInTrouble_TriesAgain(int status)
    {
        Refuse(status, times: 2);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal(Pauses, _fixture.Time.Pauses);
    }

    [Fact]
    public async Task Run_ServerStaysInTrouble_TellsItsAnswer()
    {
        Refuse(StatusCodes.Status503ServiceUnavailable, times: 9);

        Assert.EndsWith("it answered 503 (ServiceUnavailable)", await _fixture.FailAsync(), StringComparison.Ordinal);
        Assert.Equal(3, _fixture.Server.Offsets.Count);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status416RangeNotSatisfiable)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task Run_Refused_FailsImmediately(int status)
    {
        Refuse(status, times: 1);

        Assert.Contains($"it answered {status} ", await _fixture.FailAsync(), StringComparison.Ordinal);
        Assert.Single(_fixture.Server.Offsets);
    }

    [Fact]
    public async Task Run_ServerFallsSilent_IsGivenUpAfterAMinute()
    {
        (_fixture.Server.CutAfter, _fixture.Server.Cut) = (0, FileServer.FallSilentAsync);
        var time = new FakeTimeProvider();

        Task<string> failing = _fixture.FailAsync(time);
        while (!failing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        Assert.EndsWith("nothing came for 60 seconds", await failing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoConnectionInTime_IsNoCancellation()
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(1), ConnectCallback = NeverConnectAsync };
        using var client = new HttpClient(handler);
        FileDownloader downloader = DownloadFixture.NewDownloader(client, _fixture.Time);

        await Assert.ThrowsAsync<DownloadException>(
            () => downloader.RunAsync(_fixture.Source, _fixture.Target, _fixture.Hash, TestContext.Current.CancellationToken));

        Assert.Equal(Pauses, _fixture.Time.Pauses);

        static async ValueTask<Stream> NeverConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
        {
            await Task.Delay(Timeout.Infinite, token);
            return Stream.Null;
        }
    }

    [Fact]
    public async Task Run_FileCannotBeWritten_IsNotTheServersFault()
    {
        Directory.CreateDirectory(_fixture.Part);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => _fixture.DownloadAsync());

        Assert.Single(_fixture.Server.Offsets);
    }

    private void Refuse(int status, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _fixture.Server.Refusals.Enqueue(status);
        }
    }
}
