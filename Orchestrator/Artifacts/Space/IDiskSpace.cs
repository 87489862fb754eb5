namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>Reports the free space of disks.</summary>
public interface IDiskSpace
{
    /// <summary>Bytes that this process may still write to the disk of a folder; null when the system does not report it.</summary>
    long? FreeBytes(string folder);
}

/// <summary>The free space reported by the operating system.</summary>
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
