namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// Reads the body of a response under an <see cref="InactivityTimeout"/>, which is paused between reads. Every failure of the connection is thrown as a
/// <see cref="ConnectionLostException"/>.
/// </summary>
/// <param name="inner">The body; disposed with this stream.</param>
/// <param name="timeout">Also cancels the reads.</param>
public sealed class ConnectionStream(Stream inner, InactivityTimeout timeout) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
