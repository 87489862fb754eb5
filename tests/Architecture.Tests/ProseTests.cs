using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>Docs, comments and messages are plain English: short lines and sentences, and no phrases of a translated tone.</summary>
public sealed partial class ProseTests
{
    private const int LongestLine = 120;
    private const double LongestAverageSentence = 25;

    /// <summary>Folders whose comments and messages are checked; the messages of tests may quote bad texts.</summary>
    private static readonly string[] Commented =
        ["AppHost", "Contracts", "Dashboard", "GpuWorker", "Orchestrator", "ServiceDefaults", "Standalone", "benchmarks", "tests"];

    /// <summary>A pattern, and what to write instead.</summary>
    private static readonly (string Pattern, string Instead)[] Banned =
    [
        (@"\b(nobody|somebody|anybody|everybody|whoever|whomever|(of|by|for) whom)\b", "the user, caller, worker or service that is meant"),
        (@"\bbeside\b", "next to, or besides"),
        (@"\b(go|goes|going|went|gone) on\b", "resumes, or continues"),
        (@"\bat once\b", "immediately, or at the same time"),
        (@"\b(anew|afresh)\b", "again"),
        (@"\bso many\b(?! (as|that))", "the given number"),
        (@"\binto so many parts\b", "micro-batches per batch"),
        (@"\b(is|are|was|were) told\b|\btells? of\b", "is reported, logged or notified"),
        (@"\bsurest\b", "most confident"),
        (@"\b(in vain|thereby|as yet|that which|whose turn)\b", "a plainer sentence"),
        (@"\b(lies|lie|lay) (in|on|at|below|next|under|outside|there|between|above|beyond)\b", "is stored, or is in"),
        (@"\bstands? (in|for|at|on|there|below|under|next|by|behind|above)\b", "is, means, or represents"),
        (@"\bis no matter of\b", "does not depend on"),
        (@"\bon (its|their) way\b", "is being sent"),
        (@"\b(is|are|was|were) away\b", "is unreachable"),
        (@"\bwhat (comes|came|lies|stands|stood|became of)\b", "the thing that is meant"),
        (@"\bwith what\b", "the thing that is meant"),
        (@"\bgo(es)? by\b", "uses, or depends on"),
        (@"\bas well\b(?! (as|or))", "also"),
        (@"\bworth (a (word|look|line|try)|knowing|telling|saying|reading)\b", "is logged, or warns"),
        (@"\bfor people\b|\b(as|that|which) people\b", "for display, or users"),
        (@"\bmend(s|ed|ing)?\b", "fix"),
        (@"\b(is|are) there (once|twice)\b", "occurs"),
        (@"\bheard of\b", "sent a heartbeat"),
        (@"\bheld against\b", "counts against"),
        (@"\bmatters most\b", "has the highest priority"),
        (@"\bleaves? behind\b|\bleft behind\b", "the files or artifacts of"),
        (@"\bwithout a word\b", "silently"),
        (@"\bat two looks\b", "on two consecutive checks"),
        (@"\bby the book\b", "as specified"),
        (@"\bhas a say\b", "decides, or has an effect"),
        (@"\btakes? notes\b", "records"),
        (@"\bin good order\b", "normally"),
        (@"\bfor ever\b", "forever"),
        (@"\btime-outs?\b", "timeout"),
        (@"\bknows? of\b", "knows, or learns about"),
        (@"\bwhatever the\b", "regardless of"),
        (@"\b(is|are) said (to|of)\b", "who says so, or the fact itself"),
        (@"<(summary|param name=""\w+""|returns)>(Of|Those|As)\b", "a subject: the value, the number, the name"),
        (@"\b(normalis|initialis|recognis|utilis|quantis)|\b(neighbour|coloured)", "American spelling"),
    ];

    private static readonly Regex AnyBanned = new(string.Join('|', Banned.Select(banned => $"(?:{banned.Pattern})")), RegexOptions.IgnoreCase | RegexOptions.Compiled);

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
        bool hasMessages = folder != "tests";
        IEnumerable<string> faults =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Repository.Root, file)
            where IsSource(path)
            from line in File.ReadLines(file).Index()
            from fault in Faults(path, line.Index + 1, Prose(Path.GetExtension(path), line.Item, hasMessages))
            select fault;

        string[] found = [.. faults];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    /// <summary>Ours: no build outputs, no libraries of the browser, and not the patterns above.</summary>
    private static bool IsSource(string path) =>
        Path.GetExtension(path) is ".cs" or ".razor" or ".js" or ".py" or ".sh"
        && Path.GetFileName(path) != "ProseTests.cs"
        && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "plotly");

    /// <summary>The comment in a line of source, and its texts of several words; all of a line of markup.</summary>
    private static string Prose(string extension, string line, bool hasMessages) => extension switch
    {
        ".razor" => line,
        ".py" or ".sh" => ScriptCommentIn().Match(line).Value,
        _ => CommentIn().Match(line).Value + (hasMessages ? string.Concat(TextIn().Matches(line).Select(text => $" {text.Value}").Where(text => text.Count(char.IsWhiteSpace) > 2)) : ""),
    };

    private static IEnumerable<string> Faults(string path, int line, string text) =>
        from banned in AnyBanned.IsMatch(text) ? Banned : []
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

    [GeneratedRegex(@"(?<=^|\s)#.*")]
    private static partial Regex ScriptCommentIn();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex TextIn();

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
