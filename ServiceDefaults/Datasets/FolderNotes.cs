using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Collects the skipped files and folders of a data set, and describes them in sentences.</summary>
/// <param name="root">The folder of the data set; names are shown relative to it.</param>
internal sealed class FolderNotes(string root)
{
    private const int MostLinksNamed = 20;
    private const int MostNamesNamed = 20;

    private readonly SortedDictionary<string, Tally> _foreign = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Tally> _others = new(StringComparer.Ordinal);
    private readonly Tally _hidden = new();
    private readonly Tally _unclassed = new();
    private readonly Tally _repeated = new();
    private readonly Tally _loops = new(MostLinksNamed);
    private readonly Tally _broken = new(MostLinksNamed);
    private readonly Tally _folders = new();
    private readonly Tally _unreadable = new(MostNamesNamed);
    private readonly List<DatasetNote> _notes = [];
    private bool _hasOtherImages;
    private bool _hasBackslashes;

    public string Root => root;

    /// <summary>True where a link without a target has the name of an image.</summary>
    public bool HasBrokenImage { get; private set; }

    public void Hidden(string path) => _hidden.Add(Name(path));

    public void Repeated(string folder) => _repeated.Add(WithTarget(folder));

    public void Loop(string link) => _loops.Add(WithTarget(link));

    /// <summary>A folder or image whose name is not text: it cannot be opened.</summary>
    public void Unreadable(string path) => _unreadable.Add($"\"{Name(path)}\"");

    /// <exception cref="ImageFolderException">There were names that are not text.</exception>
    public void RequireReadable()
    {
        if (_unreadable.Count > 0)
        {
            throw new ImageFolderException(
                $"{Tally.Of(_unreadable.Count, "name", "names")} in \"{root}\" cannot be opened, not being UTF-8 (\uFFFD replaces invalid bytes): {_unreadable.Names}. "
                + "Rename them; convmv -r -f latin1 -t utf8 does it for names from Windows or old archives");
        }
    }

    /// <param name="images">How many images it holds.</param>
    public void OtherFolder(string name, int images)
    {
        _folders.Add(images == 0 ? name : $"{name} ({Tally.Of(images, "image")})");
        _hasOtherImages |= images > 0;
    }

    public void Unclassed(string file)
    {
        _unclassed.Add(Name(file));
        _hasBackslashes |= BackslashNames.Is(Path.GetFileName(file));
    }

    /// <summary>A file that is not a decodable image, or a link without a target.</summary>
    public void LeftOut(string file)
    {
        if (LinkedFile.IsBrokenLink(file))
        {
            _broken.Add(WithTarget(file));
            HasBrokenImage |= ImageFileTypes.IsDecoded(file);
            return;
        }

        SortedDictionary<string, Tally> kind = ImageFileTypes.IsForeign(file) ? _foreign : _others;
        string extension = Path.GetExtension(file).ToLowerInvariant();
        if (!kind.TryGetValue(extension, out Tally? tally))
        {
            kind[extension] = tally = new Tally();
        }

        tally.Add(Name(file));
    }

    public void Add(DatasetNoteKind kind, bool isWarning, int count, string text) => _notes.Add(new DatasetNote(kind, isWarning, count, text));

    /// <summary>Why there may be no images, in brackets: <c> (left out, because their formats cannot be decoded: 12 .heic files)</c>; empty where nothing was left out.</summary>
    public string Lacking
    {
        get
        {
            string foreign = string.Join(" and ", _foreign.Select(kind => Tally.Of(kind.Value.Count, $"{kind.Key} file")));
            return (foreign.Length == 0 ? "" : $" (left out, because their formats cannot be decoded: {foreign})")
                + (_broken.Count == 0 ? "" : $" (left out: {Tally.Of(_broken.Count, "link that leads nowhere", "links that lead nowhere")})");
        }
    }

    /// <summary>What to do where images in no class have backslashes in their names; empty where none has. The end of a sentence.</summary>
    public string Backslashes => _hasBackslashes ? $"; {BackslashNames.Hint}" : "";

    /// <summary>In the order of their kinds.</summary>
    public IReadOnlyList<DatasetNote> ToList()
    {
        foreach ((string extension, Tally files) in _foreign)
        {
            Add(
                DatasetNoteKind.Undecodable, true, files.Count,
                $"{Tally.Of(files.Count, $"{extension} file is", $"{extension} files are")} left out, because this format cannot be decoded: {files.Names}. Convert to {ImageFileTypes.Decoded} to use {(files.Count == 1 ? "it" : "them")}");
        }

        Add(DatasetNoteKind.Unclassed, true, _unclassed, "image is in no class folder and is", "images are in no class folder and are", Backslashes);
        Add(DatasetNoteKind.OtherFolder, _hasOtherImages, _folders, "folder is no split and is", "folders are no splits and are");
        Add(DatasetNoteKind.LinkLoop, true, _loops, "link leads in a circle and is", "links lead in a circle and are");
        Add(DatasetNoteKind.LinkBroken, true, _broken, "link leads nowhere and is", "links lead nowhere and are");
        Add(DatasetNoteKind.LinkRepeated, false, _repeated, "folder is read already under another name; this one is", "folders are read already under other names; these are");
        Add(DatasetNoteKind.Hidden, false, _hidden, "hidden or system file or folder is", "hidden or system files or folders are");
        if (_others.Count > 0)
        {
            int count = _others.Values.Sum(files => files.Count);
            string kinds = string.Join(", ", _others.Select(kind => $"{kind.Value.Count} {(kind.Key.Length == 0 ? "without an extension" : kind.Key)} ({kind.Value.Names})"));
            Add(DatasetNoteKind.OtherFile, false, count, $"{Tally.Of(count, "file is no image and is", "files are no images and are")} left out: {kinds}");
        }

        return [.. _notes.OrderBy(note => note.Kind)];
    }

    private void Add(DatasetNoteKind kind, bool isWarning, Tally tally, string one, string many, string hint = "")
    {
        if (tally.Count > 0)
        {
            Add(kind, isWarning, tally.Count, $"{Tally.Of(tally.Count, one, many)} left out: {tally.Names}{hint}");
        }
    }

    private string WithTarget(string folder) => new DirectoryInfo(folder).LinkTarget is { } target ? $"{Name(folder)} -> {VisibleText.Of(target)}" : Name(folder);

    /// <summary>The name relative to the folder of the data set.</summary>
    public string Name(string path) => VisibleText.Of(Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
}
