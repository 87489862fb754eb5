using System.Diagnostics;
using System.Globalization;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>A folder as users have it, and its expected interpretation.</summary>
/// <param name="Name">The special property of the folder.</param>
/// <param name="Entries">
/// The entries to create: <c>cat/1.jpg</c> an image, <c>cat/1.jpg*3</c> three images, <c>cat/notes.txt</c> a file, <c>empty/</c> a folder, <c>link -> target</c> a link,
/// <c>link => file</c> a hard link.
/// </param>
/// <param name="Expected">
/// <c>cat 2, dog 1 | cat 1 | -</c>: images of each class in training, validation and test, without empty classes and missing splits; or
/// <c>refused: text in the message</c>.
/// </param>
/// <param name="Notes">Texts, each of which occurs in a separate note.</param>
public sealed record FolderCase(string Name, string[] Entries, string Expected, params string[] Notes)
{
    private const string Refused = "refused: ";
    private const string SymbolicLink = " -> ";
    private const string HardLink = " => ";

    public override string ToString() => Name;

    /// <summary>Null if the folder is usable.</summary>
    public string? Refusal => Expected.StartsWith(Refused, StringComparison.Ordinal) ? Expected[Refused.Length..] : null;

    /// <param name="root">A folder in it; entries may be next to it (<c>../</c>).</param>
    internal void Write(TemporaryFolder folder, string root)
    {
        foreach (string entry in Entries)
        {
            if (entry.Split(SymbolicLink) is [var link, var target])
            {
                Directory.CreateSymbolicLink(folder.File([root, .. link.Split('/')]), target);
            }
            else if (entry.Split(HardLink) is [var name, var file])
            {
                Link(folder.File([root, .. file.Split('/')]), folder.File([root, .. name.Split('/')]));
            }
            else if (entry.EndsWith('/'))
            {
                folder.Folder(Path.Combine(root, entry));
            }
            else
            {
                WriteFiles(folder, root, entry.Split('*'));
            }
        }
    }

    private static void Link(string file, string name)
    {
        using var made = Process.Start("ln", [file, name]);
        made.WaitForExit();
    }

    private static void WriteFiles(TemporaryFolder folder, string root, string[] entry)
    {
        string extension = Path.GetExtension(entry[0]);
        for (int i = 0; i < (entry.Length > 1 ? int.Parse(entry[1], CultureInfo.InvariantCulture) : 1); i++)
        {
            string name = i == 0 ? entry[0] : $"{entry[0][..^extension.Length]}-{i}{extension}";
            string path = folder.File([root, .. name.Split('/')]);
            File.WriteAllText(path, "nothing here is decoded");
        }
    }
}
