using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Recognizes one file under several names: through symbolic links to it, links to parent folders, and hard links.</summary>
internal sealed class FileIdentities
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <returns>The same for two paths that lead to the same file.</returns>
    public string Of(string file) => HardLink.Find(file) ?? RealPathOf(file);

    private string RealPathOf(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (!_folders.TryGetValue(folder, out string? real))
        {
            _folders[folder] = real = RealPath.Of(folder);
        }

        string path = Path.Combine(real, Path.GetFileName(file));
        return new FileInfo(path).LinkTarget is null || LinkedFile.IsBrokenLink(path) ? path : RealPath.Of(path);
    }
}
