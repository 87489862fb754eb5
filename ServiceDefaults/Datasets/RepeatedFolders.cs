using System.Collections.Frozen;
using Experiments.Contracts.Api;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>
/// Finds class folders that hold the same folders: <c>fold1/cat</c> next to <c>fold2/cat</c>, or <c>cat/masks</c> next to <c>dog/masks</c>. They may be splits or
/// copies of one data set, which a network would be trained to tell apart, or images with their masks; these are refused where the names show it. Otherwise they may
/// also be classes with the same patients, cameras or sites in them, and cause a warning.
/// </summary>
internal static class RepeatedFolders
{
    private const int MostNamed = 4;

    /// <summary>The share that counts as nearly all: of the folders, of those that share a name, and of the names that are shared.</summary>
    private const double NearlyAll = 0.75;

    /// <summary>The largest share of a folder's images that may be directly in it, such as a contact sheet, without making it a class.</summary>
    private const double FewLoose = 0.05;

    /// <summary>The companion name that may also be a class next to photos: a label on a bottle.</summary>
    private const string MayBeClass = "label";

    private static readonly FrozenSet<string> Companions = new[]
    {
        "mask", "masks", "annotation", "annotations", "annots", "label", "labels", "labelimages", "segmentation", "segmentations", "groundtruth", "gt", "bbox", "bboxes",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pictures = new[]
    {
        "image", "images", "img", "imgs", "jpegimages", "photo", "photos", "picture", "pictures",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for folders of annotations of images: masks, boxes.</summary>
    public static bool IsCompanion(string name) => Companions.Contains(Plain(name));

    /// <exception cref="ImageFolderException">The folders are images and their masks, or hold the same folders and are splits or copies by their names.</exception>
    public static void Check(ClassTree tree, FolderNotes notes)
    {
        CheckCompanions(tree, notes);
        Holder[] holders = [.. tree.Classes.Where(entry => entry.Images.Count > 0).Select(entry => Holder.Of(tree.Folder, entry))];
        Holder[] nested = [.. holders.Where(holder => holder.HoldsFolders)];
        string[] shared = SharedBy(nested);
        if (nested.Length < 2 || nested.Length < NearlyAll * holders.Length || shared.Length < 2 || shared.Length < NearlyAll * nested.Min(holder => holder.Below.Count))
        {
            return;
        }

        if (shared.FirstOrDefault(IsCompanion) is { } companion)
        {
            throw new ImageFolderException(
                $"{(nested.Length == holders.Length ? "every class" : "nearly every class")} in \"{tree.Folder}\" holds {SplitFolders.Quote(shared)}: what is in \"{companion}\" would be trained on as images of the class. Move the folders \"{companion}\" elsewhere");
        }

        bool isRoot = tree.Folder == notes.Root;
        string outer = Named(nested.Select(holder => holder.Name));
        string contain = $"{(nested.Length == 2 ? "both" : nested.All(holder => shared.All(holder.Below.Contains)) ? "all" : "nearly all")} contain {Named(shared)}";
        if (holders.All(holder => SplitOrCopyNames.Contain(holder.Name)))
        {
            throw new ImageFolderException($"{outer} in \"{tree.Folder}\" {contain}: these look like splits or copies of one data set, not like classes. {Remedy(isRoot)}");
        }

        notes.Add(
            DatasetNoteKind.RepeatedFolder, true, nested.Length,
            $"{outer}{(isRoot ? "" : $" in \"{notes.Name(tree.Folder)}\"")} {contain}: if these are splits or copies of one data set, the model learns to tell them apart: {(isRoot ? "name them \"train\" and \"val\", or give the path of one" : "keep the class folders of one of them, in the split folder itself")}");
    }

    /// <summary>Images and their masks as the only classes.</summary>
    private static void CheckCompanions(ClassTree tree, FolderNotes notes)
    {
        string[] names = [.. tree.Classes.Select(entry => entry.Name)];
        if (!names.Any(IsCompanion) || names.All(IsCompanion) || !names.All(name => IsCompanion(name) || Pictures.Contains(Plain(name))))
        {
            return;
        }

        if (names.Any(name => IsCompanion(name) && Plain(name) != MayBeClass))
        {
            throw new ImageFolderException(
                $"{SplitFolders.Quote(names)} in \"{tree.Folder}\" look like images and what is drawn over them, and not like classes; expected one folder per class. If the class folders are in \"{names.First(name => !IsCompanion(name))}\", give the path of that folder");
        }

        notes.Add(
            DatasetNoteKind.CompanionFolder, true, names.Length,
            $"{SplitFolders.Quote(names)} are read as classes: if these are images and what is drawn over them, the model learns to tell the two apart: give the path of the folder that the class folders are in");
    }

    private static string Remedy(bool isRoot) =>
        (isRoot ? "If they are splits, name them \"train\" and \"val\" (and \"test\"); if they are copies, or parts of which one will do, give the path of one" : "Keep the class folders of one of them, in the split folder itself")
        + "; if they are classes, give them other names";

    /// <summary>The names that nearly all folders share, as the first of them writes them.</summary>
    private static string[] SharedBy(Holder[] nested) =>
    [
        .. nested.SelectMany(holder => holder.Below).GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() >= NearlyAll * nested.Length)
            .Select(same => same.First()),
    ];

    private static string Named(IEnumerable<string> names)
    {
        string[] all = [.. names.Select(name => $"\"{name}\"")];
        return all.Length == 2 ? string.Join(" and ", all) : string.Join(", ", all.Take(MostNamed)) + (all.Length > MostNamed ? $" and {all.Length - MostNamed:N0} more" : "");
    }

    private static string Plain(string name) => string.Concat(name.Where(letter => letter is not ('_' or '-' or ' ' or '.'))).ToLowerInvariant();

    /// <param name="Below">The folders in it that have images in or below them.</param>
    /// <param name="HoldsFolders">True where its images are in at least two subfolders, and next to none directly in it.</param>
    private sealed record Holder(string Name, IReadOnlySet<string> Below, bool HoldsFolders)
    {
        public static Holder Of(string root, ClassFolder entry)
        {
            var below = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            int loose = 0;
            foreach (string image in entry.Images)
            {
                // The first part is the folder of the class itself.
                string[] parts = Path.GetRelativePath(root, image).Split(Path.DirectorySeparatorChar, 3);
                if (parts.Length < 3)
                {
                    loose++;
                }
                else
                {
                    below.Add(VisibleText.Of(Nfc.Of(parts[1])));
                }
            }

            return new Holder(entry.Name, below, below.Count >= 2 && loose <= FewLoose * entry.Images.Count);
        }
    }
}
