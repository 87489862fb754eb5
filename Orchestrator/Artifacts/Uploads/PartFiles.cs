using System.Collections.Concurrent;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>The received parts of files, each in <c>.NAME.SHA256.part</c> next to its target; one request at a time writes to a part file.</summary>
internal sealed class PartFiles
{
    public const string Suffix = ".part";

    private const int BufferBytes = 1 << 18;

    /// <summary>ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL of Windows.</summary>
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070)];

    private readonly ConcurrentDictionary<string, bool> _claimed = [];

    public static string PathOf(string target, string sha256) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{sha256}{Suffix}");

    public static long LengthOf(string part) => new FileInfo(part) is { Exists: true } file ? file.Length : 0;

    /// <summary>Null while another request writes to it.</summary>
    public IDisposable? TryClaim(string part) => _claimed.TryAdd(part, true) ? new Claim(this, part) : null;

    /// <summary>Appends the received bytes; they are flushed to disk when the file is complete.</summary>
    /// <returns>How many bytes of the file have been received.</returns>
    /// <exception cref="ApiException">The bytes do not follow those received, are too many, or the disk is full.</exception>
    /// <exception cref="IOException">The connection broke; the received bytes are kept.</exception>
    public static async Task<long> AppendAsync(string part, long from, long count, long total, Stream body, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (from > file.Length || count < 0 || count > total - from)
        {
            throw ApiException.WrongOffset($"bytes {from} to {from + count - 1} of {total} were sent; {file.Length} have arrived, and those that follow are wanted");
        }

        // When an answer is lost, the sender repeats bytes.
        file.SetLength(from);
        file.Position = from;
        byte[] buffer = new byte[BufferBytes];
        for (long left = count; await body.ReadAsync(buffer, cancellationToken) is > 0 and var read; left -= read)
        {
            if (read > left)
            {
                throw ApiException.BadRequest("$", $"more than the {count} bytes that were announced were sent");
            }

            await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken);
        }

        if (file.Position == total)
        {
            file.Flush(flushToDisk: true);
        }

        return file.Position;
    }

    /// <summary>Removes part files of earlier versions of the file.</summary>
    public static void RemoveOthers(string target)
    {
        string pattern = $".{Path.GetFileName(target)}.{new string('?', ArtifactDigest.Digits)}{Suffix}";
        foreach (string part in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, pattern))
        {
            File.Delete(part);
        }
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException exception) when (DiskFull.Contains(exception.HResult))
        {
            throw ApiException.NoSpace("Artifacts:Root", $"the disk of \"{Path.GetDirectoryName(file.Name)}\" is full");
        }
    }

    private sealed class Claim(PartFiles parts, string part) : IDisposable
    {
        public void Dispose() => parts._claimed.TryRemove(part, out _);
    }
}
