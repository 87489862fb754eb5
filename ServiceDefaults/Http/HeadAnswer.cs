using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// The body of a response to HEAD. The first write of a body sends the headers and cancels the endpoint,
/// so that files are not read to their end and endless streams stop.
/// </summary>
internal sealed class HeadAnswer : Stream, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature
{
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly CancellationTokenSource _given;

    public HeadAnswer(IHttpResponseBodyFeature body, IHttpRequestLifetimeFeature lifetime)
    {
        (_body, _lifetime) = (body, lifetime);
        _given = CancellationTokenSource.CreateLinkedTokenSource(lifetime.RequestAborted);
        RequestAborted = _given.Token;
        Writer = PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>True once the headers have been sent.</summary>
    public bool IsGiven { get; private set; }

    public CancellationToken RequestAborted { get; set; }

    public Stream Stream => this;

    public PipeWriter Writer { get; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Cancelled code may treat that as a closed browser and abort the connection, and the headers would be lost.</summary>
    public void Abort()
    {
        if (!IsGiven)
        {
            _lifetime.Abort();
        }
    }

    public void DisableBuffering()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => GiveAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => GiveAsync();

    public Task CompleteAsync() => GiveAsync();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => GiveAsync();

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => DiscardAsync();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(DiscardAsync());

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _given.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <exception cref="OperationCanceledException">The body was written before: code that ignores the token would otherwise write forever.</exception>
    private Task DiscardAsync() => IsGiven ? throw new OperationCanceledException(_given.Token) : GiveAsync();

    private async Task GiveAsync()
    {
        if (IsGiven)
        {
            return;
        }

        await _body.StartAsync(CancellationToken.None);
        IsGiven = true;
        await _given.CancelAsync();
    }
}
