namespace Experiments.GpuWorker.Basics;

/// <summary>Names of tensors, keys or classes in a message.</summary>
internal static class NameList
{
    private const int LongestName = 80;

    /// <summary>The first few, in quotes, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most).Select(Quote)) + (names.Count > most ? $" and {names.Count - most} more" : "");

    private static string Quote(string name) => name.Length <= LongestName ? $"\"{name}\"" : $"\"{name.AsSpan(0, LongestName)}…\"";
}
