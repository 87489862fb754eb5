using Experiments.GpuWorker.Training.Checkpoints;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

public class BackgroundWorkTests
{
    [Fact]
    public void Start_Work_RunsOnAnotherThreadUntilJoined()
    {
        using var mayEnd = new ManualResetEventSlim();
        int thread = 0;
        var work = new BackgroundWork();

        work.Start(() =>
        {
            mayEnd.Wait(TestContext.Current.CancellationToken);
            thread = Environment.CurrentManagedThreadId;
        });
        Assert.False(work.HasEnded);
        mayEnd.Set();
        work.Join();

        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        Assert.NotEqual(0, thread);
        Assert.False(work.HasEnded);
    }

    [Fact]
    public void Join_WorkThatFailed_ThrowsWhatItThrewOnce()
    {
        var work = new BackgroundWork();
        work.Start(() => throw new IOException("no space"));

        IOException thrown = Assert.Throws<IOException>(work.Join);

        Assert.Equal("no space", thrown.Message);
        work.Join();
    }

    [Fact]
    public void Start_BeforeTheLastWorkIsJoined_IsRefused()
    {
        var work = new BackgroundWork();
        work.Start(() => { });

        Assert.Throws<InvalidOperationException>(() => work.Start(() => { }));
        work.Join();
    }
}
