using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Finds images that are the same file: a model must not be validated or tested on its training images.</summary>
internal sealed class SharedImages(FolderNotes notes, CancellationToken cancellationToken)
{
    private readonly FileIdentities _identities = new();

    /// <summary>Notes images that the training split has twice.</summary>
    /// <param name="isHeldBack">Whether validation images are drawn from those for training.</param>
    /// <exception cref="ImageFolderException">Two splits have an image in common.</exception>
    public void Require(ClassTree training, ClassTree? validation, ClassTree? test, bool isHeldBack)
    {
        Dictionary<string, string> trained = Index(training, isHeldBack);
        RequireApart(trained, validation, "a model would be validated on images that it is trained on");
        RequireApart(trained, test, "a model would be tested on images that it is trained on");
        if (validation is not null && test is not null && RealPath.Of(validation.Folder) != RealPath.Of(test.Folder))
        {
            RequireApart(IndexOf(validation), test, "a model would be tested on images that its best epoch is chosen by");
        }
    }

    private Dictionary<string, string> Index(ClassTree training, bool isHeldBack)
    {
        var twice = new Tally();
        Dictionary<string, string> files = IndexOf(training, (file, known) => twice.Add($"{notes.Name(file)} is {notes.Name(known)}"));
        if (twice.Count > 0)
        {
            string outcome = isHeldBack ? "one of them may be trained on and the other held back for validation" : "they count as several";
            notes.Add(DatasetNoteKind.SharedImage, true, twice.Count, $"{Tally.Of(twice.Count, "training image is", "training images are")} the same file as another: {twice.Names}; {outcome}");
        }

        return files;
    }

    private void RequireApart(Dictionary<string, string> known, ClassTree? split, string outcome)
    {
        var shared = new Tally();
        foreach (string file in split?.Classes.SelectMany(entry => entry.Images) ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known.TryGetValue(_identities.Of(file), out string? other))
            {
                shared.Add($"\"{notes.Name(file)}\" is \"{notes.Name(other)}\"");
            }
        }

        if (shared.Count > 0)
        {
            throw new ImageFolderException(
                $"in \"{notes.Root}\", two splits have {Tally.Of(shared.Count, "image")} in common, by links: {shared.Names}; {outcome}. Keep each image in one split");
        }
    }

    private Dictionary<string, string> IndexOf(ClassTree split, Action<string, string>? repeated = null)
    {
        var files = new Dictionary<string, string>(split.Images, StringComparer.Ordinal);
        foreach (string file in split.Classes.SelectMany(entry => entry.Images))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string identity = _identities.Of(file);
            if (!files.TryAdd(identity, file))
            {
                repeated?.Invoke(file, files[identity]);
            }
        }

        return files;
    }
}
