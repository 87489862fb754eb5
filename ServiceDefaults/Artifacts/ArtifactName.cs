namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>What may become a part of a path: nothing that leads out of the folder it belongs to.</summary>
internal static class ArtifactName
{
    private const int MaxLength = 128;

    /// <exception cref="ArgumentException">It is not a run's id.</exception>
    public static void CheckRunId(string runId)
    {
        if (!IsPlain(runId) || runId.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{runId}' is not the id of a run: 1 to {MaxLength} letters, digits, '-' and '_' are allowed.", nameof(runId));
        }
    }

    /// <exception cref="ArgumentException">It is not a plain file name.</exception>
    public static void CheckFileName(string name)
    {
        if (!IsPlain(name) || name[0] == '.')
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
