using System.Formats.Tar;
using System.IO.Compression;
using Experiments.GpuWorker.Downloads;

namespace Experiments.GpuWorker.Data.Downloads;

/// <summary>
/// Unpacks the expected files of a .tar.gz, and nothing else: names from the archive are only compared with those expected, never used as paths, and
/// links and devices are skipped.
/// </summary>
internal static class ArchiveMembers
{
    /// <param name="members">Names in the archive, with slashes.</param>
    /// <param name="folder">The target folder, in which they keep their names. Afterwards all or none exist: members are unpacked into one folder, which is moved as a whole.</param>
    /// <exception cref="DownloadException">A member is missing, or it is not such an archive.</exception>
    public static void Unpack(string archive, IReadOnlyList<string> members, string folder, CancellationToken cancel)
    {
        string top = members.Select(member => member.Split('/')[0]).Distinct().Single();
        string work = Path.Combine(folder, ".unpacking");
        Clear(work);
        try
        {
            CopyMembers(archive, members, work, cancel);
            Clear(Path.Combine(folder, top));
            Directory.Move(Path.Combine(work, top), Path.Combine(folder, top));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DownloadException($"\"{archive}\" cannot be unpacked: {e.Message}", e);
        }
        finally
        {
            Clear(work);
        }
    }

    private static void CopyMembers(string archive, IReadOnlyList<string> members, string work, CancellationToken cancel)
    {
        var missing = new HashSet<string>(members, StringComparer.Ordinal);
        using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var reader = new TarReader(unzipped);
        while (reader.GetNextEntry() is { } entry)
        {
            cancel.ThrowIfCancellationRequested();
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && missing.Remove(name))
            {
                string target = Path.Combine([work, .. name.Split('/')]);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                using FileStream file = File.Create(target);
                entry.DataStream?.CopyTo(file);
            }
        }

        if (missing.Count > 0)
        {
            throw new DownloadException($"\"{archive}\" holds no {string.Join(", ", missing.Order(StringComparer.Ordinal))}");
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
