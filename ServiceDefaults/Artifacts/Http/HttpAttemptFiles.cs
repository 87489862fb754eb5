using Microsoft.Win32.SafeHandles;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>A local folder whose files go to the Orchestrator. Disposing of it removes the folder.</summary>
internal sealed class HttpAttemptFiles(AttemptOpening opening, string folder, string? resumeFolder, ArtifactUploader uploader) : IAttemptFiles
{
    /// <summary>The digests of what has arrived, by name: what has not changed is not sent again. For one publication at a time.</summary>
    private readonly Dictionary<string, string> _arrived = [];

    public string Folder => folder;

    public string? ResumeFolder => resumeFolder;

    /// <summary>Opens the files: what is opened stays what it is when its name goes to another.</summary>
    public IPublication Capture(IReadOnlyList<string> names)
    {
        var captured = new List<(string Name, SafeFileHandle File)>();
        try
        {
            foreach (string name in names)
            {
                string path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    captured.Add((name, File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete)));
                }
            }

            return new Publication(this, captured);
        }
        catch
        {
            captured.ForEach(file => file.File.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        foreach (string path in resumeFolder is null ? (string[])[folder] : [folder, resumeFolder])
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (IOException)
            {
                // It was never made, or somebody still reads in it: it goes with the folder of the process.
            }
        }
    }

    private async Task SendAsync(string name, SafeFileHandle file, CancellationToken cancellationToken)
    {
        string sha256 = await ArtifactDigest.OfAsync(file, cancellationToken);
        if (_arrived.GetValueOrDefault(name) != sha256)
        {
            await uploader.SendAsync(opening, name, file, sha256, cancellationToken);
            _arrived[name] = sha256;
        }
    }

    private sealed class Publication(HttpAttemptFiles files, IReadOnlyList<(string Name, SafeFileHandle File)> captured) : IPublication
    {
        public async Task PublishAsync(CancellationToken cancellationToken)
        {
            // Not on the thread that trains.
            await Task.Yield();
            foreach ((string name, SafeFileHandle file) in captured)
            {
                await files.SendAsync(name, file, cancellationToken);
            }
        }

        public void Dispose()
        {
            foreach ((_, SafeFileHandle file) in captured)
            {
                file.Dispose();
            }
        }
    }
}
