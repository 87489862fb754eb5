using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Experiments.ServiceDefaults.Files;

/// <summary>
/// Identifies files that have several names (hard links). .NET does not expose inodes; Linux's statx does, in a record with the same layout
/// on every processor.
/// </summary>
internal static partial class HardLink
{
    private const int CurrentFolder = -100;
    private const uint LinksAndInode = 0x104;
    private const int RecordBytes = 256;
    private const int LinksAt = 16;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>Symbolic links are followed.</summary>
    /// <returns>The same identity for every name of a file with several names; null for a single name, or if the system does not report it.</returns>
    public static string? Find(string file)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        if (!TryRead(file, record) || Number(record[LinksAt..]) < 2)
        {
            return null;
        }

        ulong inode = BitConverter.ToUInt64(record[InodeAt..]);
        return inode == 0 ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"inode {inode} of device {Number(record[DeviceAt..])}:{Number(record[(DeviceAt + sizeof(uint))..])}");
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static bool TryRead(string file, Span<byte> record)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return Statx(CurrentFolder, file, 0, LinksAndInode, ref MemoryMarshal.GetReference(record)) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte record);
}
