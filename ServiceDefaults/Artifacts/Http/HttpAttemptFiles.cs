using Microsoft.Win32.SafeHandles;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>A local folder whose files are sent to the Orchestrator. Disposing removes the folder.</summary>
internal sealed class HttpAttemptFiles(AttemptOpening opening, string folder, string? resumeFolder, ArtifactUploader uploader) : IAttemptFiles
{
    /// <summary>The digests of files that have arrived, by name: unchanged files are not sent again. Used by one publication at a time.</summary>
    private readonly Dictionary<string, string> _arrived = [];

    public string Folder => folder;

    public string? ResumeFolder => resumeFolder;

    /// <summary>Opens the files: an open file keeps its content when its name is replaced.</summary>
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
                // It was never created, or a file in it is still being read: it is removed with the folder of the process.
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
            // Not on the training thread.
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
