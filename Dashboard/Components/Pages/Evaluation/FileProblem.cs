using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <summary>Why a file that the user chose was refused, as a sentence about the file. Pure.</summary>
internal static class FileProblem
{
    private const string Beginning = "it ";

    /// <summary>Only the reasons: the request's field name means nothing to the user.</summary>
    public static string Of(OrchestratorException problem) => problem.Errors.Count == 0
        ? problem.Message
        : string.Join(" ", problem.Errors.Values.SelectMany(reasons => reasons).Select(Sentence));

    private static string Sentence(string reason)
    {
        string told = reason.StartsWith(Beginning, StringComparison.Ordinal) ? $"This file {reason[Beginning.Length..]}" : $"{char.ToUpperInvariant(reason[0])}{reason[1..]}";
        return told.EndsWith('.') ? told : $"{told}.";
    }
}
