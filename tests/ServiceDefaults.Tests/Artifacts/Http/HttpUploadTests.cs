using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.ServiceDefaults.Tests.Artifacts.Http;

/// <summary>Uploads of an attempt's files to the Orchestrator.</summary>
public sealed class HttpUploadTests : HttpArtifactStoreContext
{
    [Fact]
    public async Task Publish_File_ArrivesAsItWasWhenItWasCaptured()
    {
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);
        using IPublication publication = files.Capture([Name, "not-there.json"]);
        Replace(files, Name, [1, 2, 3]);

        await publication.PublishAsync(Cancelled);

        Assert.Equal(Content, Server.Files[Remote]);
        Assert.Single(Server.Files);
    }

    [Fact]
    public async Task Publish_FileThatHasNotChanged_IsNotSentAgain()
    {
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);
        await PublishAsync(files);
        Replace(files, Name, [.. Content]);
        Replace(files, "empty.json", []);

        await PublishAsync(files, Name, "empty.json");

        Assert.Equal([$"PUT {Name} 0", "PUT empty.json 0"], Server.Requests);
        Assert.Empty(Server.Files["r1/attempts/1/files/empty.json"]);
    }

    [Fact]
    public async Task Publish_ConnectionBreaks_ResumesWhereItStopped()
    {
        Server.Cuts = 2;
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);

        await PublishAsync(files);

        Assert.Equal(Content, Server.Files[Remote]);
        long[] starts = [.. Server.Requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal)).Select(request => long.Parse(request.Split(' ')[2]))];
        Assert.Equal(3, starts.Length);
        Assert.True(starts[0] == 0 && starts[1] > 0 && starts[2] > starts[1], string.Join(' ', starts));
    }

    [Fact]
    public async Task Publish_AnswerLost_IsNotSentAgain()
    {
        Server.Files[Remote] = Content;
        Server.Refusals.Enqueue(503);
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);

        await PublishAsync(files);

        Assert.Equal([$"PUT {Name} 0", $"GET {Name} 0"], Server.Requests);
    }

    [Fact]
    public async Task Publish_OrchestratorAway_TriesAgainWithGrowingPauses()
    {
        int[] refusals = [503, 500, 507, 423, 503, 503, 503];
        foreach (int status in refusals)
        {
            Server.Refusals.Enqueue(status);
        }

        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);

        await PublishAsync(files);

        Assert.Equal([1, 2, 4, 8, 16, 20, 20], Time.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal(Content, Server.Files[Remote]);
    }

    [Theory]
    [InlineData(409, true)]
    [InlineData(404, false)]
    [InlineData(403, false)]
    public async Task Publish_Refused_EndsImmediately(int status, bool leaseLost)
    {
        Server.Refusals.Enqueue(status);
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);

        var refused = await Assert.ThrowsAsync<ArtifactRefusedException>(() => PublishAsync(files));

        Assert.Equal(leaseLost, refused.LeaseLost);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Publish_CancelledWhileUnreachable_Ends()
    {
        await Server.DisposeAsync();
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);
        using var cancel = new CancellationTokenSource();
        Time.OnPause = pauses =>
        {
            if (pauses == 3)
            {
                cancel.Cancel();
            }
        };

        using IPublication publication = files.Capture([Name]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publication.PublishAsync(cancel.Token));
    }
}
