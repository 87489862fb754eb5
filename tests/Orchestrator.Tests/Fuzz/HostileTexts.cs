namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>Texts that are often handled wrongly.</summary>
internal static class HostileTexts
{
    private static readonly string[] Scalars =
    [
        "0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "99999999999999999999999999",
        "1e308", "1e309", "-1e309", "1e-400", "0.1e-5", "1e999999999", "0x7fffffff", "0o17", "1_000", "1,000", "NaN", ".nan", ".inf", "-.inf", "Infinity", "\"NaN\"", "+1", ".5", "5.",
        "null", "~", "true", "no", "\"\"", "''", "[]", "{}", "[[]]", "[{}]", "{a: 1}", "{\"a\":1}", "\"a\"", "[1, 1, 1]", "[null]",
        "model", "resnet18", "small_cnn", "Resnet18", "learningRate", "learningrate", "epochs", "digits", "imagefolder", "run:0000", "run:", "/etc/passwd", "../../etc", "https://example.org/x",
        "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00\\ud800\"", "\"\\uD83D\\uDE00\"", "\U0001F600", "ä", "\u202e", "\u0085", "\u2028", "\ufeff", "2001-01-01", "12:30:45", "%00", "' OR 1=1 --", "<script>",
        "{type: step}", "{randomCrop: {padding: -1}}", "{\"randomCrop\":{\"padding\":1e999}}", "[{randomErasing: {probability: .nan}}]", "__proto__", "$ref", "$",
    ];

    private static readonly string[] Fragments =
    [
        "&a ", "*a", "&a [*a, *a]", "<<: *a", "!!int ", "!!binary ", "!<tag:yaml.org,2002:str> ", "---\n", "...\n", "--- \n---\n", "%YAML 1.2\n", "%TAG ! x\n", "|\n", ">-\n", "|9\n", "? ", "- ", ": ", "#", "\t",
        "\0", "\u0001", "\u001b", "\u007f", "\r", "\r\n", "\ufffe", "\uffff", "\ufeff", "\"", "'", "\\", "\\u", "\\x", "/*", "//", "${jndi:ldap://x}", "{{", "}}", "[[[[", "]]]]",
        "a: &x [1]\nb: *x\n", "grid: {}\n", "base: {}\n", "name: x\n", "exclude: [{}]\n", "maxRuns: 1\n", "maxConcurrency: 0\n", "priority: 10\n", "tags: [1, 2]\n", "maxAttempts: 1e9\n", "\"grid\":{},",
    ];

    /// <summary>A replacement for a value or key.</summary>
    public static string Scalar(Random random) => random.Next(20) switch
    {
        0 => Long(random),
        1 => Many(random),
        _ => Scalars[random.Next(Scalars.Length)],
    };

    /// <summary>A string for any position.</summary>
    public static string Fragment(Random random) => random.Next(20) switch
    {
        0 => Long(random),
        1 => ((char)random.Next(0x2100)).ToString(),
        _ => Fragments[random.Next(Fragments.Length)],
    };

    /// <summary>A string of up to 60,000 characters.</summary>
    private static string Long(Random random) => new((char)random.Next('0', 'z'), random.Next(200, 60_000));

    /// <summary>A list of up to 3,000 numbers.</summary>
    private static string Many(Random random) => $"[{string.Join(", ", Enumerable.Range(1, random.Next(2, 3_000)))}]";
}
