namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>Says how much room disks have.</summary>
public interface IDiskSpace
{
    /// <summary>Bytes that this process may still write to the disk of a folder; null when the system does not tell.</summary>
    long? FreeBytes(string folder);
}

/// <summary>As the operating system says.</summary>
internal sealed class DiskSpace : IDiskSpace
{
    public long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
