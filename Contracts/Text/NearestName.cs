namespace Experiments.Contracts.Text;

/// <summary>Finds the name that was probably meant.</summary>
public static class NearestName
{
    /// <summary>Shorter texts are prefixes of too many names.</summary>
    private const int ShortestBeginning = 3;
    private const int LongestName = 64;

    /// <summary>
    /// The end of an error message: <c>; write learningRate</c> where it is clear what is meant, <c>; did you mean "adam"?</c> where it is
    /// likely, otherwise nothing.
    /// </summary>
    public static string Hint(string? given, IReadOnlyCollection<string> candidates)
    {
        if (given is null || given.Length > LongestName)
        {
            return "";
        }

        string[] meant = [.. candidates.Where(candidate => Fold(candidate) == Fold(given)).Take(1)];
        meant = meant.Length > 0 ? meant : [.. NameAliases.Find(given, candidates)];
        return meant.Length > 0 ? $"; write {string.Join(" or ", meant)}"
            : Find(given, candidates) is { } nearest ? $"; did you mean \"{nearest}\"?"
            : "";
    }

    /// <summary>
    /// The candidate that <paramref name="given"/> is the beginning of, or else the one with the smallest edit distance, if it is near
    /// enough to be a typing error; otherwise null.
    /// </summary>
    public static string? Find(string given, IReadOnlyCollection<string> candidates)
    {
        if (given.Length > LongestName)
        {
            return null;
        }

        string folded = Fold(given);
        return folded.Length >= ShortestBeginning
            && candidates.FirstOrDefault(candidate => Fold(candidate).StartsWith(folded, StringComparison.Ordinal)) is { } longer
            ? longer
            : FindByDistance(given, candidates);
    }

    private static string? FindByDistance(string given, IReadOnlyCollection<string> candidates)
    {
        string? nearest = null;
        int best = Math.Max(2, given.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(Fold(given), Fold(candidate));
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>A name normalized to ignore case and separators: <c>learning_rate</c>, <c>learning-rate</c> and <c>LearningRate</c> all mean <c>learningRate</c>.</summary>
    internal static string Fold(string name) => string.Concat(name.Where(character => character is not ('_' or '-' or '.' or ' ' or '/' or '"' or '\''))).ToUpperInvariant();

    /// <summary>The edit distance in which swapping two neighbors counts as one error (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            distances[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            distances[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, distances[i - 2, j - 2] + 1);
                }

                distances[i, j] = best;
            }
        }

        return distances[a.Length, b.Length];
    }
}
