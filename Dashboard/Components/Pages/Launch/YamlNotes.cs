namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>A problem shown next to a line of YAML.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">What is wrong and what to write instead; short enough for one line.</param>
/// <param name="Full">All of it.</param>
public sealed record YamlNote(int Line, string Text, string Full);

/// <summary>Turns problems into notes, one for each line that has any. Pure.</summary>
public static class YamlNotes
{
    private static readonly string[] ListsBegin = ["; allowed: ", "? allowed: "];

    public static IReadOnlyList<YamlNote> Of(IReadOnlyList<YamlProblem> problems) =>
    [
        .. problems
            .Where(problem => problem.Line is not null)
            .GroupBy(problem => problem.Line!.Value)
            .Select(line => new YamlNote(line.Key, string.Join(" · ", line.Select(problem => Short(problem.Message))), string.Join('\n', line.Select(problem => problem.Message)))),
    ];

    /// <summary>The message without the list of allowed values, which can have forty names; the whole message if there is nothing else.</summary>
    private static string Short(string message)
    {
        int[] ends = [.. ListsBegin.Select(begin => message.IndexOf(begin, StringComparison.Ordinal)).Where(index => index > 0)];
        string told = ends.Length == 0 ? message : message[..(ends.Min() + (message[ends.Min()] == '?' ? 1 : 0))];
        return told.Contains("; ", StringComparison.Ordinal) ? told : message;
    }
}
