using System.Text.Json.Serialization;

namespace Experiments.Contracts.Catalog;

/// <summary>Where a data set is published.</summary>
/// <param name="Url">The folder of its files, ending with a slash.</param>
/// <param name="Files">All of them.</param>
public sealed record DatasetDownload(string Url, IReadOnlyList<PublishedFile> Files)
{
    /// <summary>Identifies the content, which is known before anything is downloaded.</summary>
    public string Fingerprint => string.Join('+', Files.Select(file => $"md5:{file.Md5}"));
}

/// <summary>A file as its authors published it.</summary>
/// <param name="Md5">32 lower-case hexadecimal digits: as published by the authors or by torchvision.</param>
/// <param name="Members">For a .tar.gz: the files in it that make up the data set. Otherwise none.</param>
[method: JsonConstructor]
public sealed record PublishedFile(string Name, string Md5, IReadOnlyList<string> Members)
{
    /// <summary>A file that is used unpacked, not an archive.</summary>
    public PublishedFile(string name, string md5)
        : this(name, md5, [])
    {
    }
}
