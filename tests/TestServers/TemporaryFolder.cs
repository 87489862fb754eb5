namespace Experiments.TestServers;

/// <summary>A folder that is deleted with everything in it, unless it is kept for inspection.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int Attempts = 10;

    private bool _isKept;

    public string Path { get; } = Directory.CreateTempSubdirectory("experiments-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Keeps the folder.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (_isKept)
        {
            return;
        }

        // A server that was just killed may not have released its files yet.
        for (int attempt = 0; attempt < Attempts && Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < Attempts - 1)
            {
                // Retry.
            }
        }
    }
}
