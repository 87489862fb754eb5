using System.Globalization;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <param name="Setting">The setting that draws the line.</param>
/// <param name="Reason">The folder, the figures and the setting, for the user.</param>
public sealed record SpaceShortage(string Setting, string Reason);

/// <summary>
/// Says whether there is room for new attempts. Those that run are left alone: what they still write has been reckoned with by leaving some room. Cheap
/// enough to be asked all the time; there is room again as soon as there is.
/// </summary>
public sealed class SpaceBudget(
    ArtifactFolder folder, ArtifactUsage usage, IDiskSpace disk, IOptions<ArtifactOptions> options, ILogger<SpaceBudget> logger)
{
    private readonly Lock _gate = new();
    private bool _wasShort;

    /// <summary>What there is, in words.</summary>
    public string Figures => string.Create(
        CultureInfo.InvariantCulture,
        $"artifacts take {usage.Bytes:N0} bytes in \"{folder.Root}\"; its disk has {Free:N0} bytes free");

    private long? Free => disk.FreeBytes(folder.Root);

    /// <summary>Why no new attempts may begin; null while they may. Says in the log when that changes.</summary>
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

    /// <exception cref="ApiException">There is none (507).</exception>
    public void RequireRoom()
    {
        if (FindShortage() is { } shortage)
        {
            throw ApiException.NoSpace(shortage.Setting, shortage.Reason);
        }
    }

    /// <summary>For a file of an attempt that runs: it is refused only when it cannot be written at all.</summary>
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
            logger.LogWarning("No new attempts are handed out: {Reason}", shortage.Reason);
        }
        else
        {
            logger.LogInformation("There is room for new attempts again: {Figures}", Figures);
        }
    }
}
