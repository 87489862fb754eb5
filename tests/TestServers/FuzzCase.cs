using System.Globalization;
using System.Text;

namespace Experiments.TestServers;

/// <summary>
/// Numbered random inputs of a fuzz test. The same seed and number always give the same input; <see cref="OnlyVariable"/> set to a number
/// runs only that case, <see cref="CountVariable"/> changes the number of cases.
/// </summary>
/// <param name="Seed">The test's seed.</param>
/// <param name="Number">The case's number.</param>
/// <param name="Random">The case's generator.</param>
public sealed record FuzzCase(int Seed, int Number, Random Random)
{
    public const string OnlyVariable = "EXPERIMENTS_FUZZ_CASE";
    public const string CountVariable = "EXPERIMENTS_FUZZ_COUNT";

    private const int LongestShown = 2000;

    public static IEnumerable<FuzzCase> Of(int seed, int count)
    {
        if (Setting(OnlyVariable) is { } only)
        {
            return [Create(seed, only)];
        }

        return Enumerable.Range(0, Setting(CountVariable) ?? count).Select(number => Create(seed, number));
    }

    /// <summary>The failure message: how to repeat the case, and its input with unprintable characters escaped.</summary>
    public string Describe(string problem, string input) =>
        $"{problem}\nCase {Number} of seed {Seed} ({OnlyVariable}={Number} tries it alone), {input.Length} characters:\n{Escape(input)}";

    public string Describe(string problem, ReadOnlySpan<byte> input) => Describe(problem, Encoding.Latin1.GetString(input));

    private static FuzzCase Create(int seed, int number) => new(seed, number, new Random(unchecked((seed * 1_000_003) + number)));

    private static int? Setting(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Escape(string input)
    {
        var text = new StringBuilder();
        foreach (char character in input.AsSpan(0, Math.Min(input.Length, LongestShown)))
        {
            _ = character is '\n' or (>= ' ' and < '\u007f') ? text.Append(character) : text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return text.Append(input.Length > LongestShown ? " …" : "").ToString();
    }
}
