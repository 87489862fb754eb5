using System.Buffers.Binary;
using System.Text;

namespace Experiments.GpuWorker.Devices;

/// <summary>The symbol table of a library (System V ABI, ELF-64, little endian), including symbols that are not exported.</summary>
internal static class ElfSymbols
{
    private const int SymbolTable = 2;
    private const int SymbolBytes = 24;

    /// <summary>The address of a symbol relative to where the library is loaded; null when the file has no such symbol or no table.</summary>
    public static long? Find(string file, string symbol)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] header = Read(stream, 0, 64);
        if (!header.AsSpan().StartsWith("\u007fELF"u8))
        {
            return null;
        }

        byte[] sections = Read(stream, Long(header, 0x28), Short(header, 0x3C) * Short(header, 0x3A));
        int size = Short(header, 0x3A);
        for (int section = 0; section < sections.Length; section += size)
        {
            if (Int(sections, section + 4) == SymbolTable)
            {
                int names = Int(sections, section + 0x28) * size;
                return Find(Content(stream, sections, section), Content(stream, sections, names), symbol);
            }
        }

        return null;
    }

    private static long? Find(byte[] symbols, byte[] names, string symbol)
    {
        int name = names.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{symbol}\0")) + 1;
        for (int entry = 0; name > 0 && entry + SymbolBytes <= symbols.Length; entry += SymbolBytes)
        {
            if (Int(symbols, entry) == name)
            {
                return Long(symbols, entry + 8);
            }
        }

        return null;
    }

    private static byte[] Content(FileStream stream, byte[] sections, int section) =>
        Read(stream, Long(sections, section + 0x18), checked((int)Long(sections, section + 0x20)));

    private static byte[] Read(FileStream stream, long position, int count)
    {
        byte[] content = new byte[count];
        stream.Position = position;
        stream.ReadExactly(content);
        return content;
    }

    private static long Long(byte[] content, int at) => BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(at));

    private static int Int(byte[] content, int at) => BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(at));

    private static int Short(byte[] content, int at) => BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(at));
}
