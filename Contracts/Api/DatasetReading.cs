namespace Experiments.Contracts.Api;

/// <summary>How the folder of a data set was interpreted: which folders are splits, and which files were left out.</summary>
/// <param name="Splits">Empty where the classes lie directly in the folder.</param>
/// <param name="Notes">What a user should know, in the order in which it matters.</param>
public sealed record DatasetReading(IReadOnlyList<RecognizedSplit> Splits, IReadOnlyList<DatasetNote> Notes)
{
    /// <summary>For a data set that is not read from class folders.</summary>
    public static DatasetReading None { get; } = new([], []);
}

/// <summary>A folder that was recognized as a split.</summary>
/// <param name="Split"><c>training</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Folder">Its name below the folder of the data set.</param>
public sealed record RecognizedSplit(string Split, string Folder);

/// <summary>A remark about a folder for its user.</summary>
/// <param name="IsWarning">True where images may be missing that were meant to be there.</param>
/// <param name="Count">How many files, folders, links or classes it concerns.</param>
/// <param name="Text">A sentence, with the first few names.</param>
public sealed record DatasetNote(DatasetNoteKind Kind, bool IsWarning, int Count, string Text);

/// <summary>The subject of a <see cref="DatasetNote"/>.</summary>
public enum DatasetNoteKind
{
    /// <summary>Which folders are read as splits, or that there are none.</summary>
    Splits,

    /// <summary>A class has the name of a split.</summary>
    SplitName,

    /// <summary>Classes that hold the same folders: they may be splits or copies of one data set.</summary>
    RepeatedFolder,

    /// <summary>Images that are the same file as others, reached through links.</summary>
    SharedImage,

    /// <summary>Images in formats that cannot be decoded.</summary>
    Undecodable,

    /// <summary>Images outside of every class folder.</summary>
    Unclassed,

    /// <summary>Folders next to the splits.</summary>
    OtherFolder,

    /// <summary>Classes without an image in the validation or test split.</summary>
    AbsentClass,

    /// <summary>Classes whose folders are named with the same characters, composed in one and decomposed in another.</summary>
    ComposedName,

    /// <summary>Classes whose names differ only by case, spaces or invisible characters.</summary>
    SimilarName,

    /// <summary>Classes with a folder of masks or the like, which are trained on as images of the class, or that may be such folders.</summary>
    CompanionFolder,

    /// <summary>Links to a folder above them.</summary>
    LinkLoop,

    /// <summary>Links whose target does not exist.</summary>
    LinkBroken,

    /// <summary>Links to folders that are already read.</summary>
    LinkRepeated,

    /// <summary>Files that are not images.</summary>
    OtherFile,

    /// <summary>Hidden files and files created by operating systems.</summary>
    Hidden,
}
