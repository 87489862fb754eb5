using System.Globalization;

namespace Experiments.Contracts.Text;

/// <summary>The data of <c>Nfc.txt</c>, read once.</summary>
internal static class NfcTable
{
    private static readonly Dictionary<int, int> Classes = [];

    static NfcTable()
    {
        foreach (string entry in Read())
        {
            (string key, string value) = (entry[..entry.IndexOf('=', StringComparison.Ordinal)], entry[(entry.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (value.Length >= 4)
            {
                AddDecomposition(key, value.Split(' '));
            }
            else
            {
                AddClass(key.Split('-'), int.Parse(value, CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The decomposition of a character; the second is 0 where it decomposes to the first alone.</summary>
    public static Dictionary<int, (int First, int Second)> Decompositions { get; } = [];

    public static Dictionary<(int First, int Second), int> Compositions { get; } = [];

    /// <summary>The combining class; 0 for characters that do not combine.</summary>
    public static int ClassOf(int code) => Classes.GetValueOrDefault(code);

    private static IEnumerable<string> Read()
    {
        using Stream stream = typeof(NfcTable).Assembly.GetManifestResourceStream("Nfc.txt") ?? throw new InvalidOperationException("Nfc.txt is missing");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line is not ("" or ['#', ..])).SelectMany(line => line.Split(';'))];
    }

    private static void AddDecomposition(string key, string[] parts)
    {
        int code = Code(key.TrimStart('!'));
        (int First, int Second) pair = (Code(parts[0]), parts.Length > 1 ? Code(parts[1]) : 0);
        Decompositions[code] = pair;
        if (!key.StartsWith('!'))
        {
            Compositions[pair] = code;
        }
    }

    private static void AddClass(string[] range, int combining)
    {
        for (int code = Code(range[0]); code <= Code(range[^1]); code++)
        {
            Classes[code] = combining;
        }
    }

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
