using System.Diagnostics.CodeAnalysis;

namespace Experiments.Contracts.Sweeps;

/// <summary>How a hyperparameter names another run: <c>run:&lt;id&gt;</c>.</summary>
public static class RunReference
{
    private const string Prefix = "run:";

    public static bool IsRun([NotNullWhen(true)] string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length;

    public static string Of(string id) => Prefix + id;

    /// <summary>The id in such a text; null for any other.</summary>
    public static string? IdOf(string text) => IsRun(text) ? text[Prefix.Length..] : null;
}
