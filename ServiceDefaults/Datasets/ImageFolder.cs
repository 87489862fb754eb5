using Experiments.Contracts.Api;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>
/// A folder of class folders as a launch and a training understand it: <c>&lt;class&gt;/…</c>, or <c>train/&lt;class&gt;/…</c> with optional folders for
/// validation and test next to it. Nothing is decoded. Hidden and system files are left out, each real folder is read once.
/// </summary>
public sealed record ImageFolder
{
    /// <summary>
    /// Composed names (NFC) as they can be shown, in the order of the training folders' names on disk by their characters, as torchvision's ImageFolder has
    /// them; at least two.
    /// </summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The training images; without split folders, all images.</summary>
    public required ImageFolderSplit Training { get; init; }

    /// <summary>The validation images; null where the folder has no such split.</summary>
    public ImageFolderSplit? Validation { get; init; }

    /// <summary>The test images; null where the folder has no such split.</summary>
    public ImageFolderSplit? Test { get; init; }

    /// <summary>All files found, images or not, except hidden ones: they identify the folder's content.</summary>
    public required IReadOnlyList<string> AllFiles { get; init; }

    /// <summary>The images of all splits, which a training reads.</summary>
    public IEnumerable<string> UsedFiles => [.. Training.Files, .. Validation?.Files ?? [], .. Test?.Files ?? []];

    /// <summary>Notes on what was recognized and what was skipped.</summary>
    public required DatasetReading Reading { get; init; }

    /// <summary>
    /// How earlier versions (fewer split names and formats, no composed names) read the same files differently; empty if they read the folder in the same way.
    /// Part of the identity of the content.
    /// </summary>
    public required IReadOnlyList<string> ReadOtherwiseBefore { get; init; }

    /// <param name="folder">An existing folder.</param>
    /// <exception cref="ImageFolderException">The folder is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ImageFolder Read(string folder, CancellationToken cancellationToken) => new ImageFolderScan(folder, cancellationToken).Read();

    /// <summary>True where the folder has split folders, usable or not.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool HasSplits(string folder) => ClassTree.SubFolders(folder, notes: null).Any(name => SplitNames.Find(name) is not null);

    /// <summary>
    /// The files of any folder that identify its content: all but hidden ones, each real folder once.
    /// </summary>
    /// <exception cref="ImageFolderException">It has names that are not valid UTF-8.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<string> ListFiles(string folder, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var notes = new FolderNotes(folder);
        var walk = new FolderWalk(notes, cancellationToken);
        walk.AddRoot(folder, files);
        walk.FollowLinks();
        notes.RequireReadable();
        return files;
    }
}

/// <summary>The images of one split.</summary>
/// <param name="Files">Class after class, each class's in the ordinal order of their paths.</param>
/// <param name="Labels">The class index of each file.</param>
public sealed record ImageFolderSplit(IReadOnlyList<string> Files, IReadOnlyList<int> Labels);

/// <summary>A folder cannot be read as class folders. The message names the offending part.</summary>
public sealed class ImageFolderException(string message) : Exception(VisibleText.Of(message));
