namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Names such as <c>train\cat\1.jpg</c>: an archive from Windows was unpacked by a program that made no folders of them.</summary>
internal static class BackslashNames
{
    /// <summary>What to do about it.</summary>
    public const string Hint = "names with backslashes in them come from an archive that was unpacked without making its folders: unpack it again, for example with unzip or bsdtar";

    /// <param name="name">The name of a file or folder, without its path.</param>
    public static bool Is(string name) => Path.DirectorySeparatorChar != '\\' && name.Contains('\\', StringComparison.Ordinal);

    /// <summary>Such names would turn splits into classes.</summary>
    /// <exception cref="ImageFolderException">There is such a folder.</exception>
    public static void RefuseFolders(string root, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(Is) is { } name)
        {
            throw new ImageFolderException($"folder \"{name}\" in \"{root}\" is no class: {Hint}");
        }
    }
}
