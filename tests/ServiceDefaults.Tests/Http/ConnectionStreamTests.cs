using System.IO.Pipelines;
using Experiments.ServiceDefaults.Http;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.ServiceDefaults.Tests.Http;

public sealed class ConnectionStreamTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly Pipe _pipe = new();
    private readonly InactivityTimeout _timeout;
    private readonly ConnectionStream _stream;
    private readonly byte[] _buffer = new byte[10];

    public ConnectionStreamTests()
    {
        _timeout = new InactivityTimeout(Limit, _time, _cancel.Token);
        _stream = new ConnectionStream(_pipe.Reader.AsStream(), _timeout);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stream.Dispose();
        _timeout.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task ReadAsync_NothingForTooLong_Throws()
    {
        Task<int> read = ReadAsync();

        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(read.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("nothing came for 45 seconds", (await Assert.ThrowsAsync<ConnectionLostException>(() => read)).Message);
        Assert.True(_timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task ReadAsync_BytesFromTimeToTime_IsNotLimited()
    {
        for (int i = 0; i < 5; i++)
        {
            Task<int> read = ReadAsync();
            _time.Advance(Limit - TimeSpan.FromTicks(1));
            await _pipe.Writer.WriteAsync(new byte[] { 1 }, Cancelled);

            Assert.Equal(1, await read);
        }
    }

    [Fact]
    public async Task ReadAsync_SlowReader_IsNotTheConnectionsFault()
    {
        await _pipe.Writer.WriteAsync(new byte[] { 1 }, Cancelled);
        await ReadAsync();

        _time.Advance(10 * Limit);
        await _pipe.Writer.WriteAsync(new byte[] { 2 }, Cancelled);

        Assert.Equal(1, await ReadAsync());
    }

    [Fact]
    public async Task ReadAsync_ConnectionBreaks_Throws()
    {
        Task<int> read = ReadAsync();

        await _pipe.Writer.CompleteAsync(new IOException("reset by peer"));

        Assert.Equal("reset by peer", (await Assert.ThrowsAsync<ConnectionLostException>(() => read)).Message);
    }

    [Fact]
    public async Task ReadAsync_CallerCancels_IsCancelled()
    {
        Task<int> read = ReadAsync();

        await _cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    private Task<int> ReadAsync() => _stream.ReadAsync(_buffer, Cancelled).AsTask();
}
