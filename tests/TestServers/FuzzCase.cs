using System.Globalization;
using System.Text;

namespace Experiments.TestServers;

/// <summary>
/// Numbered random inputs of a fuzz test. The same seed and number always give the same input; <see cref="OnlyVariable"/> set to a number
/// tries that case alone, <see cref="CountVariable"/> tries so many more or fewer than usual.
/// </summary>
/// <param name="Seed">Of the test.</param>
/// <param name="Number">Of the case.</param>
/// <param name="Random">The case's own.</param>
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

    /// <summary>What to write where a test fails: how to try it again, and the input with everything that cannot be printed escaped.</summary>
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
