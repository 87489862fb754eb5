using System.Globalization;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <param name="Setting">The setting that sets the limit.</param>
/// <param name="Reason">The folder, the figures and the setting, for the user.</param>
public sealed record SpaceShortage(string Setting, string Reason);

/// <summary>
/// Decides whether there is space for new attempts. Running attempts continue: the limits leave space for what they still write. Cheap enough to call
/// at any time, and always up to date.
/// </summary>
public sealed class SpaceBudget(
    ArtifactFolder folder, ArtifactUsage usage, IDiskSpace disk, IOptions<ArtifactOptions> options, ILogger<SpaceBudget> logger)
{
    private readonly Lock _gate = new();
    private bool _wasShort;

    /// <summary>The current usage, for messages.</summary>
    public string Figures => string.Create(
        CultureInfo.InvariantCulture,
        $"artifacts take {usage.Bytes:N0} bytes in \"{folder.Root}\"; its disk has {Free:N0} bytes free");

    private long? Free => disk.FreeBytes(folder.Root);

    /// <summary>Why no new attempts may start; null when they may. Changes are logged.</summary>
    public SpaceShortage? FindShortage()
    {
        SpaceShortage? shortage = Compare();
        lock (_gate)
        {
            if (shortage is not null != _wasShort)
            {
                _wasShort = shortage is not null;
                Log(shortage);
            }
        }

        return shortage;
    }

    /// <exception cref="ApiException">There is no space (507).</exception>
    public void RequireRoom()
    {
        if (FindShortage() is { } shortage)
        {
            throw ApiException.NoSpace(shortage.Setting, shortage.Reason);
        }
    }

    /// <summary>For a file of a running attempt: refused only when it cannot be written at all.</summary>
    /// <exception cref="ApiException">It does not fit on the disk (507).</exception>
    public void RequireRoomFor(long bytes)
    {
        if (Free < bytes)
        {
            throw ApiException.NoSpace(
                ArtifactStoreRegistration.ArtifactsRootKey, string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes do not fit: {Figures}"));
        }
    }

    private SpaceShortage? Compare()
    {
        ArtifactOptions limits = options.Value;
        return usage.Bytes > limits.MaxBytes ? Shortage(ArtifactOptions.MaxBytesKey, $"allows {limits.MaxBytes.Value:N0}")
            : Free < limits.MinFreeBytes ? Shortage(ArtifactOptions.MinFreeBytesKey, $"asks for {limits.MinFreeBytes:N0}")
            : null;
    }

    private SpaceShortage Shortage(string setting, FormattableString demand) =>
        new(setting, $"{Figures}; {setting} {demand.ToString(CultureInfo.InvariantCulture)}. Remove files or change the setting");

    private void Log(SpaceShortage? shortage)
    {
        if (shortage is not null)
        {
            logger.LogWarning("No new attempts start: {Reason}", shortage.Reason);
        }
        else
        {
            logger.LogInformation("There is space for new attempts again: {Figures}", Figures);
        }
    }
}
