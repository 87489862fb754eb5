namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Mutates a valid text: a few random changes of the kinds that users and faulty programs make.</summary>
internal static class TextMutation
{
    private const int MostChanges = 4;

    private static readonly char[] Structure = ['{', '}', '[', ']', ':', ',', '"', '\'', '-', '#', '&', '*', '!', '|', '>', '%', '@', '`', '?', '\\', '\t', '\n', ' '];

    private static readonly Func<string, Random, string>[] Changes =
    [
        Delete, Double, Swap, Cut, ReplaceWord, ReplaceWord, ReplaceWord, Insert, Insert, PutStructure, PutStructure, Nest, MoveIndent,
    ];

    public static string Of(string text, Random random)
    {
        for (int changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            text = Changes[random.Next(Changes.Length)](text, random);
        }

        return text;
    }

    private static string Delete(string text, Random random)
    {
        (int start, int length) = Range(text, random);
        return text.Remove(start, length);
    }

    private static string Double(string text, Random random)
    {
        (int start, int length) = Range(text, random);
        return text.Insert(start, text.Substring(start, length));
    }

    private static string Swap(string text, Random random)
    {
        string[] lines = text.Split('\n');
        int a = random.Next(lines.Length);
        int b = random.Next(lines.Length);
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return string.Join('\n', lines);
    }

    private static string Cut(string text, Random random) => text[..random.Next(text.Length + 1)];

    /// <summary>Replaces a value, number or key by another one.</summary>
    private static string ReplaceWord(string text, Random random)
    {
        (int start, int end) = Word(text, random.Next(text.Length + 1));
        return string.Concat(text.AsSpan(0, start), HostileTexts.Scalar(random), text.AsSpan(end));
    }

    private static string Insert(string text, Random random) => text.Insert(random.Next(text.Length + 1), HostileTexts.Fragment(random));

    private static string PutStructure(string text, Random random) =>
        text.Insert(random.Next(text.Length + 1), Structure[random.Next(Structure.Length)].ToString());

    private static string Nest(string text, Random random)
    {
        int depth = random.Next(2, 300);
        (string open, string close) = random.Next(3) switch
        {
            0 => ("[", "]"),
            1 => ("{a: ", "}"),
            _ => ("{\"a\":", "}"),
        };
        (int start, int end) = Word(text, random.Next(text.Length + 1));
        string nested = string.Concat(Enumerable.Repeat(open, depth)) + text[start..end] + string.Concat(Enumerable.Repeat(close, depth));
        return text[..start] + nested + text[end..];
    }

    private static string MoveIndent(string text, Random random)
    {
        string[] lines = text.Split('\n');
        int at = random.Next(lines.Length);
        lines[at] = random.Next(2) == 0 ? "  " + lines[at] : lines[at].TrimStart();
        return string.Join('\n', lines);
    }

    private static (int Start, int Length) Range(string text, Random random)
    {
        int start = random.Next(text.Length + 1);
        return (start, random.Next(Math.Min(text.Length - start, 40) + 1));
    }

    private static (int Start, int End) Word(string text, int at)
    {
        int start = at;
        int end = at;
        while (start > 0 && IsOfWord(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        return (start, end);
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '-' or '/';
}
