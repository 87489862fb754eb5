using System;
using System.Collections.Generic;
using System.Text;

namespace Experiments.Build;

/// <summary>
/// Marks a symbol version that a Linux shared library requires as weak, so that the dynamic linker only notes its
/// absence instead of refusing to load the library. 64-bit little-endian ELF; layout as in the Linux Standard Base,
/// "Symbol Versioning" (.gnu.version_r: Elf64_Verneed, each followed by its Elf64_Vernaux entries).
/// </summary>
/// <remarks>Compiled by MSBuild into an inline task (against .NET Standard 2.0) and by its tests.</remarks>
public static class ElfVersionNeed
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const int WeakFlag = 2; // VER_FLG_WEAK
    private const int SectionHeaderSize = 64;

    /// <summary>Sets the weak flag of every need of <paramref name="version"/> in <paramref name="elf"/>, in place.</summary>
    /// <returns>The number of needs of that version, including those that were already weak.</returns>
    /// <exception cref="FormatException">The bytes are not a 64-bit little-endian ELF file, or are cut short.</exception>
    public static int MarkWeak(byte[] elf, string version)
    {
        int found = 0;
        foreach (var need in Needs(elf))
        {
            if (need.Value == version)
            {
                WriteUInt16(elf, need.Key, (ushort)(ReadUInt16(elf, need.Key) | WeakFlag));
                found++;
            }
        }

        return found;
    }

    /// <summary>The versions that the library requires.</summary>
    public static IReadOnlyList<string> StrongNeeds(byte[] elf)
    {
        var names = new List<string>();
        foreach (var need in Needs(elf))
        {
            if ((ReadUInt16(elf, need.Key) & WeakFlag) == 0)
            {
                names.Add(need.Value);
            }
        }

        return names;
    }

    /// <summary>Offset of the flags of each needed version, and its name.</summary>
    private static List<KeyValuePair<long, string>> Needs(byte[] elf)
    {
        Check(elf.Length > 64 && ReadUInt32(elf, 0) == 0x464c457f && elf[4] == 2 && elf[5] == 1, "not a 64-bit little-endian ELF file");
        long sections = ReadInt64(elf, 0x28);
        var needs = new List<KeyValuePair<long, string>>();
        for (int i = 0; i < ReadUInt16(elf, 0x3c); i++)
        {
            long header = sections + ((long)i * SectionHeaderSize);
            if (ReadUInt32(elf, header + 4) == VersionNeedSection)
            {
                long names = ReadInt64(elf, sections + (ReadUInt32(elf, header + 0x28) * SectionHeaderSize) + 0x18);
                AddNeeds(elf, ReadInt64(elf, header + 0x18), names, needs);
            }
        }

        return needs;
    }

    private static void AddNeeds(byte[] elf, long library, long names, List<KeyValuePair<long, string>> needs)
    {
        while (true)
        {
            long version = library + ReadUInt32(elf, library + 8);
            for (int left = ReadUInt16(elf, library + 2); left > 0; left--)
            {
                needs.Add(new KeyValuePair<long, string>(version + 4, ReadName(elf, names + ReadUInt32(elf, version + 8))));
                version += ReadUInt32(elf, version + 12);
            }

            uint next = ReadUInt32(elf, library + 12);
            if (next == 0)
            {
                return;
            }

            library += next;
        }
    }

    private static string ReadName(byte[] elf, long offset)
    {
        long end = offset;
        while (Byte(elf, end) != 0)
        {
            end++;
        }

        return Encoding.ASCII.GetString(elf, (int)offset, (int)(end - offset));
    }

    private static byte Byte(byte[] elf, long offset)
    {
        Check(offset >= 0 && offset < elf.Length, "the ELF file is cut short");
        return elf[offset];
    }

    private static ushort ReadUInt16(byte[] elf, long offset) => (ushort)(Byte(elf, offset) | (Byte(elf, offset + 1) << 8));

    private static uint ReadUInt32(byte[] elf, long offset) => ReadUInt16(elf, offset) | ((uint)ReadUInt16(elf, offset + 2) << 16);

    private static long ReadInt64(byte[] elf, long offset) => ReadUInt32(elf, offset) | ((long)ReadUInt32(elf, offset + 4) << 32);

    private static void WriteUInt16(byte[] elf, long offset, ushort value)
    {
        elf[offset] = (byte)value;
        elf[offset + 1] = (byte)(value >> 8);
    }

    private static void Check(bool condition, string problem)
    {
        if (!condition)
        {
            throw new FormatException(problem);
        }
    }
}

#if !ELF_WITHOUT_TASK
/// <summary>Writes a copy of a shared library in which one needed version is weak.</summary>
public sealed class MarkElfVersionNeedWeak : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] elf = System.IO.File.ReadAllBytes(Source);
        int found = ElfVersionNeed.MarkWeak(elf, Version);
        Log.LogMessage("{0}: {1} need(s) of {2} marked weak in {3}", Source, found, Version, Destination);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Destination));

        // Atomic: an interrupted build must not leave a partial library.
        string temporary = Destination + ".tmp";
        System.IO.File.WriteAllBytes(temporary, elf);
        System.IO.File.Delete(Destination);
        System.IO.File.Move(temporary, Destination);
        return true;
    }
}
#endif
