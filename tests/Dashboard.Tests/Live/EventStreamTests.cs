using System.IO.Pipelines;
using System.Text;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Dashboard.Tests.Live;

public sealed class EventStreamTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task ReadAsync_EventsAndHeartbeats_GivesTheDataOfEvents()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(": connected\n\ndata: one\n\n: heartbeat\n\nevent: x\ndata:two\ndata: three\n\ndata: cut off"));

        var events = new List<string>();
        await foreach (string data in EventStream.ReadAsync(stream, Silence, _clock, TestContext.Current.CancellationToken))
        {
            events.Add(data);
        }

        Assert.Equal(["one", "two\nthree"], events);
    }

    [Fact]
    public async Task ReadAsync_NothingForTooLong_Throws()
    {
        var pipe = new Pipe();
        await using Stream stream = pipe.Reader.AsStream();
        await using IAsyncEnumerator<string> events =
            EventStream.ReadAsync(stream, Silence, _clock, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        ValueTask<bool> next = events.MoveNextAsync();

        _clock.Advance(Silence);

        await Assert.ThrowsAsync<IOException>(async () => await next);
    }
}
