using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>Docs and comments are plain English: short lines, short sentences, and no words of a translated tone.</summary>
public sealed partial class ProseTests
{
    private const int LongestLine = 120;
    private const double LongestAverageSentence = 25;

    /// <summary>Folders whose comments are checked.</summary>
    private static readonly string[] Commented = ["AppHost", "Contracts"];

    /// <summary>A pattern, and what to write instead.</summary>
    private static readonly (string Pattern, string Instead)[] Banned =
    [
        (@"\b(nobody|somebody|anybody|everybody|whoever)\b", "the user, caller, worker or service that is meant"),
        (@"\bbeside\b", "next to, or besides"),
        (@"\b(go|goes|going|went) on from\b", "resumes from"),
        (@"\bis no matter of\b", "does not depend on"),
        (@"\bat two looks\b", "on two consecutive checks"),
        (@"\bby the book\b", "as specified"),
        (@"\bhas a say\b", "decides, or has an effect"),
        (@"\bworth a word\b", "is logged, or warns"),
        (@"\binto so many parts\b", "micro-batches per batch"),
        (@"\bfor people\b", "for display, or for users"),
        (@"\btakes? notes\b", "records"),
        (@"\bin good order\b", "normally"),
    ];

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> CommentedFolders => [.. Commented];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Lines_AreShort(string page)
    {
        IEnumerable<string> tooLong = ProseLines(page).Where(line => line.Text.Length > LongestLine && !IsOneWord(line.Text)).Select(line => $"{page}:{line.Number}: {line.Text}");

        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Sentences_AreShortOnAverage(string page)
    {
        string[] sentences = [.. Sentences(page)];
        double average = sentences.Length == 0 ? 0 : sentences.Average(Words);

        Assert.True(
            average <= LongestAverageSentence,
            $"{page}: {average:F1} words a sentence; allowed: {LongestAverageSentence}. The longest:\n" + string.Join('\n', sentences.OrderByDescending(Words).Take(5)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Words_ArePlain(string page) =>
        Assert.Empty(File.ReadLines(Path.Combine(Repository.Root, page)).SelectMany((text, index) => Faults(page, index + 1, text)));

    [Theory]
    [MemberData(nameof(CommentedFolders))]
    public void Comments_Words_ArePlain(string folder)
    {
        IEnumerable<string> faults =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where Path.GetExtension(file) is ".cs" or ".razor" && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            from line in File.ReadLines(file).Select((text, index) => (Text: CommentIn().Match(text).Value, Number: index + 1))
            from fault in Faults(path, line.Number, line.Text)
            select fault;

        Assert.Empty(faults);
    }

    private static IEnumerable<string> Faults(string path, int line, string text) =>
        from banned in Banned
        let found = Regex.Match(text, banned.Pattern, RegexOptions.IgnoreCase)
        where found.Success
        select $"{path}:{line}: \"{found.Value}\"; write: {banned.Instead}";

    /// <summary>The lines outside of code blocks, tables, headings and images.</summary>
    private static IEnumerable<(int Number, string Text)> ProseLines(string page)
    {
        bool isCode = false;
        foreach ((int index, string line) in File.ReadLines(Path.Combine(Repository.Root, page)).Index())
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isFence && !isCode && !line.StartsWith('|') && !line.StartsWith('#') && !line.StartsWith('!'))
            {
                yield return (index + 1, line);
            }
        }
    }

    /// <summary>A link or code span that cannot be broken.</summary>
    private static bool IsOneWord(string line) => !Span().Replace(line.Trim(), "x").Contains(' ', StringComparison.Ordinal);

    /// <summary>Code spans and the targets of links count as one word; each entry of a list ends a sentence.</summary>
    private static IEnumerable<string> Sentences(string page)
    {
        string text = string.Join('\n', ProseLines(page).Select(line => ListEntry().IsMatch(line.Text) ? $"\n\n{ListEntry().Replace(line.Text, "")}" : line.Text.Trim()));
        return SentenceEnd().Split(Target().Replace(Code().Replace(text, "code"), "]")).Where(sentence => Words(sentence) > 0);
    }

    private static int Words(string sentence) => sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    [GeneratedRegex("(?<!:)//.*")]
    private static partial Regex CommentIn();

    [GeneratedRegex(@"^\s*([-*]|\d+\.)\s+")]
    private static partial Regex ListEntry();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"`[^`]*`|\[[^\]]*\]\([^)]*\)")]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z(*\[c])|\n\s*\n")]
    private static partial Regex SentenceEnd();
}
