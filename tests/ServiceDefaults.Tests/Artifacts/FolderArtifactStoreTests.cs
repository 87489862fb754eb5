using Experiments.ServiceDefaults.Artifacts;
using Experiments.TestServers;

namespace Experiments.ServiceDefaults.Tests.Artifacts;

/// <summary>For workers that see the Orchestrator's folder.</summary>
public sealed class FolderArtifactStoreTests : IDisposable
{
    private const string Name = "best.safetensors";

    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactFolder _artifacts;
    private readonly FolderArtifactStore _store;

    public FolderArtifactStoreTests()
    {
        _artifacts = new ArtifactFolder(_folder.Path);
        _store = new FolderArtifactStore(_artifacts);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ToResume_IsInPlaceAndWrittenFilesArePublished()
    {
        using (IAttemptFiles files = await _store.OpenAttemptAsync(new AttemptOpening("r1", 2, "w", ResumeFrom: 1, [Name]), Cancelled))
        {
            Assert.Equal((_folder["r1/2"], _folder["r1/1"]), (files.Folder, files.ResumeFolder));
            Leave(files.Folder, "2");
            using IPublication publication = files.Capture([Name]);
            await publication.PublishAsync(Cancelled);
        }

        using Stream? stream = _artifacts.OpenRead("r1", 2, Name);
        Assert.NotNull(stream);
    }

    [Fact]
    public async Task Open_FirstAttempt_HasNothingToResumeFrom()
    {
        using IAttemptFiles files = await _store.OpenAttemptAsync(new AttemptOpening("r1", 1, "w", ResumeFrom: null, []), Cancelled);

        Assert.Null(files.ResumeFolder);
        Assert.Empty(Directory.GetFiles(files.Folder));
    }

    [Fact]
    public async Task Fetch_OfAnAttempt_IsItsOwnAndOfAResultTheNewest()
    {
        foreach (int attempt in (int[])[1, 2, 10])
        {
            Leave(_artifacts.PrepareAttemptFolder("r1", attempt), $"{attempt}");
        }

        _artifacts.PrepareAttemptFolder("r1", 11);

        Assert.Equal(_folder[$"r1/2/{Name}"], await _store.FetchAsync("r1", 2, Name, Cancelled));
        Assert.Null(await _store.FetchAsync("r1", 3, Name, Cancelled));
        Assert.Equal(_folder[$"r1/10/{Name}"], await _store.FetchResultAsync("r1", Name, Cancelled));
        Assert.Null(await _store.FetchResultAsync("r2", Name, Cancelled));
    }

    public void Dispose() => _folder.Dispose();

    private static void Leave(string folder, string content) => File.WriteAllText(Path.Combine(folder, Name), content);
}
