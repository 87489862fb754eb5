using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Decides whether anything may be told of a folder: its class folders are shown to users, so that the page of a data set must not become a way to look
/// into any folder of the machine. Only what has images in at least two sub-folders, or in those of a split, is a data set.
/// </summary>
public sealed class ShownFolders(AllowedFolders allowed)
{
    /// <summary>A folder without images may hold a whole disk.</summary>
    private const int MostEntries = 20_000;

    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden };
    private static readonly EnumerationOptions Below = new() { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 4 };

    /// <summary>What is said of every folder that is none of images, whatever is in it; null for one that may be shown, and for what is not there.</summary>
    public string? WhyNotShown(string path)
    {
        try
        {
            return !Path.IsPathFullyQualified(path) || !allowed.Contain(path) || !Directory.Exists(path) || HasClasses(path)
                ? null
                : $"\"{path}\" is no folder of images; allowed: a folder with at least two sub-folders, one per class, with image files in them";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasClasses(string path)
    {
        string[] folders = [.. Directory.EnumerateDirectories(path, "*", Here).Take(MostEntries)];
        int left = MostEntries;
        return HaveImages(folders, ref left) || folders.Any(split => HaveImages([.. Directory.EnumerateDirectories(split, "*", Here).Take(MostEntries)], ref left));
    }

    private static bool HaveImages(string[] folders, ref int left)
    {
        int classes = 0;
        foreach (string folder in folders)
        {
            foreach (string file in Directory.EnumerateFileSystemEntries(folder, "*", Below))
            {
                if (ImageFileTypes.IsDecoded(file) || ImageFileTypes.IsForeign(file))
                {
                    classes++;
                    break;
                }

                if (--left <= 0)
                {
                    return false;
                }
            }

            if (classes == 2)
            {
                return true;
            }
        }

        return false;
    }
}
