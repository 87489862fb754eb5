using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.ServiceDefaults.Tests.Telemetry;

public sealed partial class MetricNamesTests
{
    [Fact]
    public void Documentation_OfOperating_NamesEveryMetricAndNoOther()
    {
        string[] measured = [
            .. typeof(ExperimentsMetrics).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<Instrument>().Select(metric => metric.Name),
            ExperimentsMetrics.Runs,
        ];

        Assert.Equal(measured.Order(), DocumentedName().Matches(File.ReadAllText(OperatingPage())).Select(match => match.Groups[1].Value).Order());
    }

    private static string OperatingPage()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Experiments.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new DirectoryNotFoundException("tests must run inside the repository"), "docs", "operating.md");
    }

    [GeneratedRegex(@"^\| `(experiments\.[a-z_.]+)`", RegexOptions.Multiline)]
    private static partial Regex DocumentedName();
}
