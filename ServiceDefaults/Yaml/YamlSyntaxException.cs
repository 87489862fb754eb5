namespace Experiments.ServiceDefaults.Yaml;

/// <summary>The text is not YAML, or uses a part of YAML that is not supported.</summary>
/// <param name="problem">The problem for users, without the position.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
public sealed class YamlSyntaxException(string problem, int line, int column, Exception? inner = null)
    : FormatException($"line {line}, column {column}: {problem}", inner)
{
    /// <summary>The problem, without the position.</summary>
    public string Problem { get; } = problem;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary>From 1.</summary>
    public int Column { get; } = column;
}
