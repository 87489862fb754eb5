using System.Reflection;
using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>The examples of the folder <c>sweeps</c>, as of the build of the Dashboard.</summary>
public static class SweepTemplates
{
    private const string Prefix = "sweeps/";

    private static readonly Lazy<IReadOnlyList<SweepTemplate>> Read = new(ReadAll);

    /// <summary>Examples that need no files of the user first, small data sets before large ones.</summary>
    public static IReadOnlyList<SweepTemplate> All => Read.Value;

    /// <summary>The example of that name, or null.</summary>
    public static SweepTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    private static IReadOnlyList<SweepTemplate> ReadAll()
    {
        Assembly assembly = typeof(SweepTemplates).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => ReadOne(assembly, name))
                .OrderBy(template => template.Spec.Dataset.Path is not null)
                .ThenBy(template => DatasetCatalog.Find(template.Spec.Dataset.Name)?.Images)
                .ThenBy(template => template.Spec.Space.Count > 0)
                .ThenBy(template => template.Name, StringComparer.Ordinal),
        ];
    }

    private static SweepTemplate ReadOne(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        string yaml = reader.ReadToEnd();
        using JsonDocument json = YamlJson.ToJson(yaml);
        if (!SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors))
        {
            throw new InvalidOperationException($"{resource}.yaml is not a sweep: {string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value[0]}"))}");
        }

        (string summary, string note) = TemplateText.Read(yaml);
        return new SweepTemplate(resource[Prefix.Length..], summary, note, spec, (int)GridExpansion.CountCells(spec));
    }
}
