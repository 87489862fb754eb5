using System.Net;
using Experiments.ServiceDefaults.Http;
using Microsoft.Win32.SafeHandles;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>The body of a request: a file from an offset to its end, read while it is sent.</summary>
internal sealed class FileRest(SafeFileHandle file, long from, long length, InactivityTimeout timeout) : HttpContent
{
    private const int BufferBytes = 1 << 18;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        for (long offset = from; offset < length;)
        {
            int count = await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);
            if (count == 0)
            {
                throw new IOException($"the file ends after {offset} bytes instead of {length}");
            }

            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            timeout.Restart();
            offset += count;
        }
    }

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = length - from;
        return true;
    }
}
