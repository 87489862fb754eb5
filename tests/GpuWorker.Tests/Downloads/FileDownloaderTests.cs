using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>How downloads are resumed, checked and restarted.</summary>
public sealed class FileDownloaderTests : IAsyncLifetime
{
    private DownloadFixture _fixture = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _fixture = await DownloadFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Run_MissingFile_DownloadsAndLogsIt()
    {
        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([0L], _fixture.Server.Offsets);
        Assert.Contains(_fixture.Log.Entries, entry => entry.Message.Contains("300000 bytes", StringComparison.Ordinal));
        Assert.Contains(_fixture.Log.Entries, entry => entry.Message.StartsWith($"Downloaded {_fixture.Source}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Long_TellsHowFarItIs()
    {
        _fixture.Publish(new byte[20_000_000]);

        await _fixture.FailAsync();

        Assert.Contains(_fixture.Log.Entries, entry => entry.Message.EndsWith("of 20.0 MB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_PartOfAnEarlierTime_ResumesFromItsEnd()
    {
        await File.WriteAllBytesAsync(_fixture.Part, _fixture.Content[..100_000], Token);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([100_000L], _fixture.Server.Offsets);
    }

    [Fact]
    public async Task Run_AllIsThereButWasNotChecked_IsCheckedAndTaken()
    {
        await File.WriteAllBytesAsync(_fixture.Part, _fixture.Content, Token);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([300_000L], _fixture.Server.Offsets);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(400_000)]
    public async Task Run_PartOfAnotherFile_StartsAgain(int length)
    {
        await File.WriteAllBytesAsync(_fixture.Part, new byte[length], Token);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([length, 0L], _fixture.Server.Offsets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ServerWithoutRanges_StartsAgain(bool partFits)
    {
        _fixture.Server.IgnoresRanges = true;
        await File.WriteAllBytesAsync(_fixture.Part, partFits ? _fixture.Content[..1000] : new byte[1000], Token);

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Single(_fixture.Server.Offsets);
    }

    [Fact]
    public async Task Run_FileChangesDuringTheDownload_StartsAgain()
    {
        byte[] before = new byte[300_000];
        _fixture.Publish(before);
        (_fixture.Server.CutAfter, _fixture.Server.Cuts) = (120_000, 1);
        _fixture.Server.Cut = context =>
        {
            _fixture.Publish(_fixture.Content);
            return Task.CompletedTask;
        };

        await _fixture.DownloadAsync();

        _fixture.AssertWhole();
        Assert.Equal([0, 120_000L, 0], _fixture.Server.Offsets);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 2)]
    public async Task Run_AnotherFileUnderTheName_IsRefusedAndRemoved(int resumed, int requests)
    {
        await File.WriteAllBytesAsync(_fixture.Part, _fixture.Content[..resumed], Token);
        _fixture.Publish(_fixture.Content[..^1]);

        string message = await _fixture.FailAsync();

        Assert.StartsWith($"{_fixture.Source} sends another file: its SHA-256 is ", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_fixture.Folder.Path));
        Assert.Equal(requests, _fixture.Server.Offsets.Count);
    }

    [Fact]
    public async Task Run_Cancelled_KeepsWhatCame()
    {
        (_fixture.Server.CutAfter, _fixture.Server.Cut) = (150_000, FileServer.FallSilentAsync);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task downloading = _fixture.DownloadAsync(cancel.Token);
        while (new PartialFile(_fixture.Target).Length < 50_000)
        {
            await Task.Delay(5, Token);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloading);
        Assert.InRange(new PartialFile(_fixture.Target).Length, 50_000, 150_000);
        Assert.False(File.Exists(_fixture.Target));
    }
}
