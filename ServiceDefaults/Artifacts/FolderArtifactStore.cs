namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>For workers that share the Orchestrator's folder: a written file is published.</summary>
internal sealed class FolderArtifactStore(ArtifactFolder folder) : IArtifactStore
{
    public Task<IAttemptFiles> OpenAttemptAsync(AttemptOpening opening, CancellationToken cancellationToken)
    {
        string own = folder.PrepareAttemptFolder(opening.RunId, opening.Attempt);
        string? earlier = opening.ResumeFrom is { } attempt ? folder.AttemptFolder(opening.RunId, attempt) : null;
        return Task.FromResult<IAttemptFiles>(new FilesInPlace(own, earlier));
    }

    public Task<string?> FetchAsync(string runId, int attempt, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(runId, attempt, name));

    /// <summary>The file of the newest attempt that has one.</summary>
    public Task<string?> FetchResultAsync(string runId, string name, CancellationToken cancellationToken) => Task.FromResult(
        folder.AttemptsOf(runId).OrderDescending().Select(attempt => Find(runId, attempt, name)).FirstOrDefault(path => path is not null));

    private string? Find(string runId, int attempt, string name)
    {
        ArtifactName.CheckFileName(name);
        string path = Path.Combine(folder.AttemptFolder(runId, attempt), name);
        return File.Exists(path) ? path : null;
    }

    private sealed record FilesInPlace(string Folder, string? ResumeFolder) : IAttemptFiles, IPublication
    {
        public IPublication Capture(IReadOnlyList<string> names) => this;

        public Task PublishAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
