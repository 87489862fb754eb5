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

    /// <summary>All files that were come across, images or not, less what is hidden: what the folder's content is told by.</summary>
    public required IReadOnlyList<string> AllFiles { get; init; }

    /// <summary>The images of all splits: what a training reads.</summary>
    public IEnumerable<string> UsedFiles => [.. Training.Files, .. Validation?.Files ?? [], .. Test?.Files ?? []];

    /// <summary>What was recognised and what was left out.</summary>
    public required DatasetReading Reading { get; init; }

    /// <summary>
    /// What versions that knew fewer names of splits, fewer formats and no composed names read otherwise in the same files; empty for a folder that means what
    /// it always meant. Belongs to whatever identifies the content.
    /// </summary>
    public required IReadOnlyList<string> ReadOtherwiseBefore { get; init; }

    /// <param name="folder">An existing folder.</param>
    /// <exception cref="ImageFolderException">It is not what it should be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ImageFolder Read(string folder, CancellationToken cancellationToken) => new ImageFolderScan(folder, cancellationToken).Read();

    /// <summary>True where the folder has split folders, usable or not.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool HasSplits(string folder) => ClassTree.SubFolders(folder, notes: null).Any(name => SplitNames.Find(name) is not null);

    /// <summary>
    /// The files of any folder by which its content is told: all but hidden ones, each real folder once.
    /// </summary>
    /// <exception cref="ImageFolderException">It has names that are no text.</exception>
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
/// <param name="Labels">Of each file: the place of its class.</param>
public sealed record ImageFolderSplit(IReadOnlyList<string> Files, IReadOnlyList<int> Labels);

/// <summary>A folder is not one of class folders, or a part of it is not what it should be. The message names it.</summary>
public sealed class ImageFolderException(string message) : Exception(VisibleText.Of(message));
