using System.Text;
using System.Text.Json;
using Experiments.Contracts;

namespace Experiments.Benchmarks.Device;

/// <summary>One finding of the device benchmark.</summary>
/// <param name="Part">The heading of its section in the report.</param>
/// <param name="What">The check or measurement.</param>
/// <param name="Value">The value for display, with its unit.</param>
/// <param name="Passed">Null for a measurement without a limit, and for a check that does not apply to this device.</param>
internal sealed record DeviceFinding(string Part, string What, string Value, bool? Passed);

/// <summary>Collects findings, prints each as it arrives, and writes them as a Markdown table and as JSON.</summary>
internal sealed class DeviceReport(string device, string name)
{
    private static readonly JsonSerializerOptions Readable = new(ContractJson.Options) { WriteIndented = true };

    private readonly List<DeviceFinding> _findings = [];

    public bool HasPassed => _findings.All(finding => finding.Passed != false);

    public void Figure(string part, string what, string value) => Add(new DeviceFinding(part, what, value, null));

    public void Check(string part, string what, string value, bool passed) => Add(new DeviceFinding(part, what, value, passed));

    /// <summary>Writes <c>device.md</c> and <c>device.json</c>.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "device.md"), ToMarkdown());
        File.WriteAllText(
            Path.Combine(folder, "device.json"),
            JsonSerializer.Serialize(new { device, name, passed = HasPassed, findings = _findings }, Readable));
    }

    private void Add(DeviceFinding finding)
    {
        _findings.Add(finding);
        Console.WriteLine($"device: {finding.Part}: {finding.What}: {finding.Value}{(finding.Passed is null ? "" : $" ({Verdict(finding)})")}");
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder($"# {name} ({device})\n");
        foreach (IGrouping<string, DeviceFinding> part in _findings.GroupBy(finding => finding.Part))
        {
            text.Append($"\n## {part.Key}\n\n| what | value | verdict |\n|---|---|---|\n");
            foreach (DeviceFinding finding in part)
            {
                text.Append($"| {finding.What} | {finding.Value} | {Verdict(finding)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Verdict(DeviceFinding finding) => finding.Passed switch { true => "as it should be", false => "NOT as it should be", null => "" };
}
