namespace Experiments.Architecture.Tests;

/// <summary>CSV is written in one place, which keeps spreadsheets from computing what users have named.</summary>
public class CsvTests
{
    /// <summary>Doubling quotes is what no writer of CSV can do without.</summary>
    private const string Doubling = "Replace(\"\\\"\", \"\\\"\\\"\"";

    [Fact]
    public void Sources_WriteCsv_InContractsOnly()
    {
        IEnumerable<string> writers = Repository.Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains(Doubling, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Equal([Path.Combine("Contracts", "Csv", "CsvRow.cs")], writers);
    }
}
