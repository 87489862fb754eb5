using System.Text.RegularExpressions;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>Reads the comment at the top of a sweep file. Pure.</summary>
internal static partial class TemplateText
{
    /// <summary>The first sentence, and the rest without references to other files.</summary>
    public static (string Summary, string Note) Read(string yaml)
    {
        IEnumerable<string> lines = yaml.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim());
        string[] sentences = SentenceEnds().Split(string.Join(' ', lines));
        return (sentences[0], string.Join(' ', sentences.Skip(1).Where(sentence => !sentence.Contains("docs/", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"(?<=[.?!])\s+")]
    private static partial Regex SentenceEnds();
}
