using System.IO.Enumeration;
using Experiments.Contracts.Configuration;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Decides whether a folder may be shown: its class folders are visible to users, and the page of a data set must not become a way to browse the
/// machine. Only a folder with images in at least two sub-folders, or in those of a split, counts as a data set.
/// </summary>
public sealed class ShownFolders(AllowedFolders allowed)
{
    private const string ClassFolders = "imagefolder";

    /// <summary>A folder without images may contain a whole disk.</summary>
    private const int MostEntries = 20_000;

    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden };
    private static readonly EnumerationOptions Below = new() { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.Hidden };

    /// <summary>The same message for every folder without images, regardless of its contents; null for a missing folder or one that may be shown.</summary>
    public string? WhyNotShown(DatasetSpec dataset)
    {
        // Other data sets are files with known names, unless there are split folders.
        if (dataset.Path is not { } path || !IsThere(path) || (dataset.Name != ClassFolders && !HasSplits(path)))
        {
            return null;
        }

        return HasClasses(path) ? null : $"\"{path}\" is not a folder of images; allowed: a folder with at least two sub-folders, one per class, with image files in them";
    }

    private bool IsThere(string path)
    {
        try
        {
            return Path.IsPathFullyQualified(path) && allowed.Contain(path) && Directory.Exists(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasSplits(string path)
    {
        try
        {
            return ImageFolder.HasSplits(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <returns>False also when it cannot be listed: the system's message may reveal its contents.</returns>
    private static bool HasClasses(string path)
    {
        try
        {
            string[] folders = FoldersIn(path);
            int left = MostEntries;
            return HaveImages(folders, ref left) || folders.Any(split => HaveImages(FoldersIn(split), ref left));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] FoldersIn(string path) => [.. Directory.EnumerateDirectories(path, "*", Here).Take(MostEntries)];

    /// <summary>Links below a class are not followed: links in /proc, for example, lead to the whole disk.</summary>
    private static FileSystemEnumerable<bool> ImagesBelow(string folder) => new(folder, (ref FileSystemEntry entry) => IsImage(entry.FileName.ToString()), Below)
    {
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };

    private static bool IsImage(string name) => ImageFileTypes.IsDecoded(name) || ImageFileTypes.IsForeign(name);

    private static bool HaveImages(string[] folders, ref int left)
    {
        int classes = 0;
        foreach (string folder in folders)
        {
            foreach (bool isImage in ImagesBelow(folder))
            {
                if (isImage)
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
