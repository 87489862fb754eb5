using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Artifacts.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Tests.Artifacts.Http;

/// <summary>Downloads from the Orchestrator, and their local cache.</summary>
public sealed class HttpDownloadTests : HttpArtifactStoreContext
{
    [Fact]
    public async Task Open_ToResume_FetchesTheFilesOfTheEarlierAttempt()
    {
        Server.Files["r1/attempts/1/files/checkpoint.safetensors"] = Content;
        Server.Files[Remote] = [1, 2];

        using IAttemptFiles files = await Store.OpenAttemptAsync(
            new AttemptOpening("r1", 2, "w", ResumeFrom: 1, ["checkpoint.safetensors", "checkpoint.previous.safetensors", Name]), Cancelled);

        Assert.Equal(Content, await File.ReadAllBytesAsync(Path.Combine(files.ResumeFolder!, "checkpoint.safetensors"), Cancelled));
        Assert.Equal(["best.safetensors", "checkpoint.safetensors"], Directory.GetFiles(files.ResumeFolder!).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.GetFiles(files.Folder));
        Assert.NotEqual(files.Folder, files.ResumeFolder);
    }

    [Fact]
    public async Task Fetch_ConnectionBreaks_ResumesWhereItStopped()
    {
        Server.Files[Remote] = Content;
        Server.Cuts = 2;

        string? path = await Store.FetchAsync("r1", 1, Name, Cancelled);

        Assert.Equal(Content, await File.ReadAllBytesAsync(path!, Cancelled));
        Assert.Equal([$"GET {Name} 0", $"GET {Name} 1000", $"GET {Name} 2000"], Server.Requests);
    }

    [Fact]
    public async Task Fetch_ReplacedWhileItComes_IsTheNewOne()
    {
        Server.Files[Remote] = Content;
        Server.Cuts = 1;
        byte[] next = [.. Content.Reverse()];
        Time.OnPause = _ => Server.Files[Remote] = next;

        string? path = await Store.FetchAsync("r1", 1, Name, Cancelled);

        Assert.Equal(next, await File.ReadAllBytesAsync(path!, Cancelled));
    }

    [Fact]
    public async Task Fetch_DamagedOnItsWay_IsFetchedAgain()
    {
        Server.Files[Remote] = Content;
        Server.Damages = 1;

        string? path = await Store.FetchAsync("r1", 1, Name, Cancelled);

        Assert.Equal(Content, await File.ReadAllBytesAsync(path!, Cancelled));
        Assert.Equal([$"GET {Name} 0", $"GET {Name} 0"], Server.Requests);
    }

    [Fact]
    public async Task Fetch_Again_BringsItOnlyWhenItHasChanged()
    {
        Server.Files[Remote] = Content;
        string path = (await Store.FetchAsync("r1", 1, Name, Cancelled))!;
        DateTime written = File.GetLastWriteTimeUtc(path);

        Assert.Equal(path, await Store.FetchAsync("r1", 1, Name, Cancelled));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Server.Files[Remote] = [1];
        await Store.FetchAsync("r1", 1, Name, Cancelled);

        Assert.Equal([1], await File.ReadAllBytesAsync(path, Cancelled));
    }

    [Fact]
    public async Task Fetch_ResultsOfManyRuns_KeepsThoseUsedLast()
    {
        var paths = new List<string>();
        for (int run = 0; run <= HttpArtifactStore.MostFetched; run++)
        {
            Server.Files[$"r{run}/artifacts/{Name}"] = [1];
            paths.Add((await Store.FetchResultAsync($"r{run}", Name, Cancelled))!);
            await Store.FetchResultAsync("r0", Name, Cancelled);
        }

        Assert.Equal([paths[1]], paths.Where(path => !File.Exists(path)));
    }

    [Fact]
    public async Task Fetch_NothingThere_GivesNull()
    {
        Assert.Null(await Store.FetchAsync("r1", 1, Name, Cancelled));
        Assert.Null(await Store.FetchResultAsync("r1", Name, Cancelled));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    public async Task Names_ThatLeadElsewhere_AreRefusedBeforeAnythingIsAsked(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FetchAsync("r1", 1, name, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FetchResultAsync(name, Name, Cancelled));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Folder_OfAProcessThatEnded_IsRemovedAndThoseOfOthersAreNot()
    {
        using IAttemptFiles files = await OpenAsync();
        Replace(files, Name, Content);
        Directory.CreateDirectory(Folder["work/.work-dead/attempts"]);
        await File.WriteAllTextAsync(Folder["work/.work-dead.lock"], "", Cancelled);

        using (IHost other = Build())
        {
            other.Services.GetRequiredService<IArtifactStore>();

            Assert.True(File.Exists(Path.Combine(files.Folder, Name)));
            Assert.False(Directory.Exists(Folder["work/.work-dead"]));
            Assert.Equal(2, Directory.GetDirectories(Folder["work"]).Length);
        }

        Process.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(Folder["work"]));
    }
}
