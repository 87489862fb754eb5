using System.Globalization;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>For workers without access to the Orchestrator's folder: files are written to a local folder and transferred over HTTP.</summary>
internal sealed class HttpArtifactStore(WorkFolder work, ArtifactUploader uploader, ArtifactDownloader downloader) : IArtifactStore, IDisposable
{
    /// <summary>More than an attempt and concurrent predictions need.</summary>
    internal const int MostFetched = 20;

    /// <summary>One at a time: two downloads of the same file would overwrite each other.</summary>
    private readonly SemaphoreSlim _fetching = new(1, 1);

    /// <summary>The fetched files, least recently used first.</summary>
    private readonly List<string> _fetched = [];

    public async Task<IAttemptFiles> OpenAttemptAsync(AttemptOpening opening, CancellationToken cancellationToken)
    {
        string folder = work.AttemptFolder(opening.RunId, opening.Attempt);
        string? resumeFolder = opening.ResumeFrom is { } earlier ? work.FetchedFolder(opening.RunId, earlier) : null;
        var files = new HttpAttemptFiles(opening, folder, resumeFolder, uploader);
        try
        {
            Directory.CreateDirectory(folder);
            if (opening.ResumeFrom is { } attempt)
            {
                foreach (string name in opening.Needed)
                {
                    await FetchAsync(opening.RunId, attempt, name, cancellationToken);
                }
            }

            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public Task<string?> FetchAsync(string runId, int attempt, string name, CancellationToken cancellationToken) => FetchAsync(
        string.Create(CultureInfo.InvariantCulture, $"api/runs/{runId}/attempts/{attempt}/files/{name}"),
        work.FetchedFolder(runId, attempt),
        name,
        cancellationToken);

    public Task<string?> FetchResultAsync(string runId, string name, CancellationToken cancellationToken) =>
        FetchAsync($"api/runs/{runId}/artifacts/{name}", work.ResultFolder(runId), name, cancellationToken);

    public void Dispose() => _fetching.Dispose();

    private async Task<string?> FetchAsync(string source, string folder, string name, CancellationToken cancellationToken)
    {
        ArtifactName.CheckFileName(name);
        string target = Path.Combine(folder, name);
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!await downloader.FetchAsync(source, target, cancellationToken))
            {
                return null;
            }

            Keep(target);
            return target;
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Otherwise the weights of many runs would fill the disk.</summary>
    private void Keep(string path)
    {
        _fetched.Remove(path);
        _fetched.Add(path);
        if (_fetched.Count > MostFetched)
        {
            // It may have been removed with the attempt that needed it.
            if (File.Exists(_fetched[0]))
            {
                File.Delete(_fetched[0]);
            }

            _fetched.RemoveAt(0);
        }
    }
}
