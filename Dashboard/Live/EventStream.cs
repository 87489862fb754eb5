using System.Runtime.CompilerServices;

namespace Experiments.Dashboard.Live;

/// <summary>
/// Reads server-sent events. Unlike the framework's parser it also sees the comments that serve as heartbeats, and so notices a connection
/// that is open but dead.
/// </summary>
internal static class EventStream
{
    /// <summary>The data of every event, until the stream ends.</summary>
    /// <param name="longestSilence">After so long without a line, heartbeats included, the connection counts as broken.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(
        Stream stream, TimeSpan longestSilence, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream);
        var data = new List<string>();
        while (await ReadLineAsync(reader, longestSilence, clock, cancellationToken) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data.Add(line["data:".Length..].TrimStart(' '));
            }
            else if (line.Length == 0 && data.Count > 0)
            {
                yield return string.Join('\n', data);
                data.Clear();
            }
        }
    }

    private static async Task<string?> ReadLineAsync(
        StreamReader reader, TimeSpan longestSilence, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(longestSilence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await reader.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {longestSilence.TotalSeconds:0} s");
        }
    }
}
