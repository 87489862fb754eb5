namespace Experiments.ServiceDefaults.Yaml;

/// <summary>A text is not YAML, or uses a part of YAML that we refuse.</summary>
/// <param name="problem">What is wrong, for people; without the place.</param>
/// <param name="line">Where, from 1.</param>
/// <param name="column">Where, from 1.</param>
public sealed class YamlSyntaxException(string problem, int line, int column, Exception? inner = null)
    : FormatException($"line {line}, column {column}: {problem}", inner)
{
    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary>From 1.</summary>
    public int Column { get; } = column;
}
