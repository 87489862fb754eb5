using System.Collections.Frozen;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>
/// Refuses class folders that hold the same folders: <c>fold1/cat</c> next to <c>fold2/cat</c>, or <c>cat/masks</c> next to <c>dog/masks</c>. They are splits or
/// copies of one data set, or images with what belongs to them. A network would be trained to tell the folds apart.
/// </summary>
internal static class RepeatedFolders
{
    private const int MostNamed = 4;

    /// <summary>Nearly all: of the folders, of those that share a name, and of the names that are shared.</summary>
    private const double NearlyAll = 0.75;

    /// <summary>The largest share of a folder's images that may lie in it directly, such as a contact sheet, without making it a class.</summary>
    private const double FewLoose = 0.05;

    private static readonly FrozenSet<string> Companions = new[]
    {
        "mask", "masks", "annotation", "annotations", "annots", "label", "labels", "labelimages", "segmentation", "segmentations", "groundtruth", "gt", "bbox", "bboxes",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Pictures = new[]
    {
        "image", "images", "img", "imgs", "jpegimages", "photo", "photos", "picture", "pictures",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for folders of what is drawn over images, to find objects in them: masks, boxes.</summary>
    public static bool IsCompanion(string name) => Companions.Contains(Plain(name));

    /// <exception cref="ImageFolderException">The folders hold the same folders, or are images and their masks.</exception>
    public static void Refuse(ClassTree tree, bool isRoot)
    {
        string[] names = [.. tree.Classes.Select(entry => entry.Name)];
        if (names.Any(IsCompanion) && names.All(name => IsCompanion(name) || Pictures.Contains(Plain(name))) && names.Any(name => !IsCompanion(name)))
        {
            throw new ImageFolderException(
                $"{SplitFolders.Quote(names)} in \"{tree.Folder}\" look like images and what is drawn over them, and not like classes; expected one folder per class. If the class folders are in \"{names.First(name => !IsCompanion(name))}\", give the path of that folder");
        }

        Holder[] holders = [.. tree.Classes.Where(entry => entry.Images.Count > 0).Select(entry => Holder.Of(tree.Folder, entry))];
        Holder[] nested = [.. holders.Where(holder => holder.HoldsFolders)];
        string[] shared = SharedBy(nested);
        if (nested.Length < 2 || nested.Length < NearlyAll * holders.Length || shared.Length < 2 || shared.Length < NearlyAll * nested.Min(holder => holder.Below.Count))
        {
            return;
        }

        throw new ImageFolderException(shared.FirstOrDefault(IsCompanion) is { } companion
            ? $"{(nested.Length == holders.Length ? "every class" : "nearly every class")} in \"{tree.Folder}\" holds {SplitFolders.Quote(shared)}: what is in \"{companion}\" would be trained on as images of the class. Move the folders \"{companion}\" elsewhere"
            : $"{Named(nested.Select(holder => holder.Name))} in \"{tree.Folder}\" {(nested.Length == 2 ? "both" : "all")} contain {Named(shared)}: these look like splits or copies of one data set, not like classes. {Remedy(isRoot)}");
    }

    private static string Remedy(bool isRoot) =>
        (isRoot ? "If they are splits, name them \"train\" and \"val\" (and \"test\"); if they are copies, or parts of which one will do, give the path of one" : "Keep the class folders of one of them, in the split folder itself")
        + "; if they are classes, move the images of each out of its sub-folders";

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
    /// <param name="HoldsFolders">True where its images lie in at least two folders, and next to none in itself.</param>
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
