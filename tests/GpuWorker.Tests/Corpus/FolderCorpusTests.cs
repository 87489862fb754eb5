using Experiments.Contracts.Api;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>Each folder of the corpus is interpreted as expected, or refused by name.</summary>
public sealed class FolderCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [MemberData(nameof(FolderCorpus.All), MemberType = typeof(FolderCorpus))]
    public void Open_Folder_IsUnderstoodAsExpected(FolderCase given)
    {
        string root = _folder.Folder("root");
        given.Write(_folder, "root");

        if (given.Refusal is { } text)
        {
            TrainingException refused = Assert.Throws<TrainingException>(() => new ImageFolderReader().Open(root));
            Assert.Contains(text.Replace("ROOT", root, StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
            return;
        }

        DatasetContents contents = new ImageFolderReader().Open(root);
        Assert.Equal(given.Expected, $"{Counts(contents.Training)} | {Counts(contents.Validation)} | {Counts(contents.Test)}");
        Assert.All(given.Notes, note => Assert.Contains(contents.Reading!.Notes, found => found.Text.Contains(note, StringComparison.Ordinal)));
        Assert.True(given.Notes.Length > 0 || contents.Reading!.Notes.All(note => !note.IsWarning || IsOfSingleImages(note)), "an unexpected warning");

        string Counts(IImageSource? source) => source is null
            ? "-"
            : string.Join(", ", source.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => $"{contents.Classes[count.Key]} {count.Value}"));
    }

    /// <summary>Most folders here have one image per class, for brevity.</summary>
    private static bool IsOfSingleImages(DatasetNote note) => note.Kind == DatasetNoteKind.AbsentClass && note.Text.Contains("a single training image", StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
