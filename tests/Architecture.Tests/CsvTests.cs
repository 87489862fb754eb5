namespace Experiments.Architecture.Tests;

/// <summary>CSV is written in one place, which protects against formula injection.</summary>
public class CsvTests
{
    /// <summary>The library's writer, and the doubling of quotes that a hand-made writer needs.</summary>
    private static readonly string[] Writing = ["CsvWriter", "Replace(\"\\\"\", \"\\\"\\\"\""];

    [Fact]
    public void Sources_WriteCsv_InOneFileOnly()
    {
        IEnumerable<string> writers = Repository.Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories))
            .Where(file => Writing.Any(text => File.ReadAllText(file).Contains(text, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Equal([Path.Combine("ServiceDefaults", "Csv", "CsvTable.cs")], writers);
    }
}
