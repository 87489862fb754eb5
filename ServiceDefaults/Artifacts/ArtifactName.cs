namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>Checks texts before they become part of a path, so that no path leads out of its folder.</summary>
public static class ArtifactName
{
    private const int MaxLength = 128;

    /// <summary>True for 1 to 128 ASCII letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static bool IsRunId(string text) => IsPlain(text) && !text.Contains('.', StringComparison.Ordinal);

    /// <summary>True for 1 to 128 ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, not starting with a dot.</summary>
    public static bool IsFileName(string text) => IsPlain(text) && text[0] != '.';

    /// <exception cref="ArgumentException">It is not a run's id.</exception>
    public static void CheckRunId(string runId)
    {
        if (!IsRunId(runId))
        {
            throw new ArgumentException(
                $"'{runId}' is not the id of a run: 1 to {MaxLength} letters, digits, '-' and '_' are allowed.", nameof(runId));
        }
    }

    /// <exception cref="ArgumentException">It is not a plain file name.</exception>
    public static void CheckFileName(string name)
    {
        if (!IsFileName(name))
        {
            throw new ArgumentException(
                $"'{name}' is not the name of an artifact: 1 to {MaxLength} letters, digits, '-', '_' and '.' are allowed, and no '.' in front.",
                nameof(name));
        }
    }

    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
