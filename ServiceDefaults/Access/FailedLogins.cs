using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Access;

/// <summary>
/// Counts logins and calls with invalid tokens, by address and minute. Beyond the limit they get another answer, and are neither logged nor stored: a
/// program that tries secrets cannot fill the disk.
/// </summary>
public sealed class FailedLogins(TimeProvider time, ILogger<FailedLogins> logger)
{
    /// <summary>The failures of an address within a minute.</summary>
    public const int Most = 20;

    /// <summary>Beyond it, all addresses share a count.</summary>
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Start, int Count)> _counts = [];

    /// <summary>Seconds after which the address may try again.</summary>
    public static int RetryAfter => (int)Window.TotalSeconds;

    /// <summary>True while the address has had too many failures to try again.</summary>
    public bool IsOverLimit(string address) =>
        _counts.TryGetValue(address, out (long Start, int Count) known) && known.Count >= Most && time.GetElapsedTime(known.Start) < Window;

    /// <summary>Counts a failure.</summary>
    /// <returns>False when the address has had too many.</returns>
    public bool Add(string address)
    {
        if (_counts.Count >= MostAddresses)
        {
            ForgetOld();
        }

        string key = _counts.Count < MostAddresses || _counts.ContainsKey(address) ? address : "";
        long now = time.GetTimestamp();
        (long _, int count) = _counts.AddOrUpdate(
            key,
            _ => (now, 1),
            (_, known) => time.GetElapsedTime(known.Start, now) < Window ? (known.Start, known.Count + 1) : (now, 1));
        if (count == Most + 1)
        {
            logger.LogWarning("More than {Most} logins or calls from {Address} within a minute had no valid token; further ones are not recorded", Most, address);
        }

        return count <= Most;
    }

    private void ForgetOld()
    {
        foreach ((string address, (long start, int _)) in _counts)
        {
            if (time.GetElapsedTime(start) >= Window)
            {
                _counts.TryRemove(address, out _);
            }
        }
    }
}
