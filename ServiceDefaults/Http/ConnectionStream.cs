namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// Reads the body of a response under an <see cref="InactivityTimeout"/>, which runs only while a read waits. Every failure of the connection is a
/// <see cref="ConnectionLostException"/>.
/// </summary>
public sealed class ConnectionStream(Stream inner, InactivityTimeout timeout) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Cancelled by the token of the timeout, not by <paramref name="cancellationToken"/>.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        timeout.Restart();
        try
        {
            return await inner.ReadAsync(buffer, timeout.Token);
        }
        catch (OperationCanceledException exception) when (timeout.HasExpired)
        {
            throw new ConnectionLostException($"nothing came for {timeout.Limit.TotalSeconds:0} seconds", exception);
        }
        catch (IOException exception)
        {
            throw new ConnectionLostException(exception.Message, exception);
        }
        finally
        {
            timeout.Pause();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
