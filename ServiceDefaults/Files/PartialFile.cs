using System.Net;
using Experiments.ServiceDefaults.Http;

namespace Experiments.ServiceDefaults.Files;

/// <summary>A file that is being downloaded: the received part is kept in <c>&lt;target&gt;.part</c>, and a later request continues it.</summary>
/// <param name="target">The final path of the complete file. There is one writer at a time.</param>
public sealed class PartialFile(string target)
{
    private const int BufferBytes = 1 << 18;

    /// <summary>The path of the part.</summary>
    public string Path { get; } = target + ".part";

    /// <summary>Bytes received; 0 where there is no part.</summary>
    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Appends the body of a response to a request for the rest. A response with the whole file replaces the part.</summary>
    /// <param name="response">With its headers read. Status 416 means that the part is complete or belongs to another file; the caller has to check the digest.</param>
    /// <param name="timeout">Limits each read; paused between reads.</param>
    /// <param name="progressed">Called with the length after each piece.</param>
    /// <exception cref="ConnectionLostException">The connection broke, or sent nothing for too long; the bytes received are in the file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task AppendAsync(HttpResponseMessage response, InactivityTimeout timeout, Action<long>? progressed = null)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        FileMode mode = response.StatusCode == HttpStatusCode.PartialContent ? FileMode.Append : FileMode.Create;
        await using var file = new FileStream(Path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await using var body = new ConnectionStream(await response.Content.ReadAsStreamAsync(timeout.Token), timeout);
        byte[] buffer = new byte[BufferBytes];
        while (await body.ReadAsync(buffer, timeout.Token) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), timeout.Token);
            progressed?.Invoke(file.Length);
        }
    }

    /// <summary>Moves the file to its target.</summary>
    public void Complete() => File.Move(Path, target, overwrite: true);

    /// <summary>Removes the part, if there is one.</summary>
    public void Delete() => File.Delete(Path);
}
