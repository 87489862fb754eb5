using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Reads what runs cost, and shows their front.</summary>
public sealed partial class ParetoCard : OrchestratorComponent
{
    private const int Height = 320;
    private const int MostRows = 12;
    private const int MostCompared = 200;

    /// <summary>Each is a request the first time, which a worker answers.</summary>
    private const int MostNetworks = 60;

    private ParetoData? _pareto;
    private string? _problem;
    private (AnalysisData Data, string Objectives)? _read;

    [Parameter, EditorRequired]
    public required string SweepId { get; set; }

    [Parameter, EditorRequired]
    public required AnalysisData Data { get; set; }

    /// <summary>The status and the filter that selected the runs of <see cref="Data"/>.</summary>
    [Parameter]
    public (string? Status, string? Filter) Selection { get; set; }

    /// <summary>See <see cref="ParetoObjective.Parse"/>.</summary>
    [Parameter]
    public string? Objectives { get; set; }

    [Parameter]
    public EventCallback<string?> ObjectivesChanged { get; set; }

    [CascadingParameter(Name = "IsDark")]
    public bool IsDark { get; set; }

    private IReadOnlyList<ParetoObjective> Chosen => ParetoObjective.Parse(Objectives, Data);

    protected override async Task OnParametersSetAsync()
    {
        (AnalysisData Data, string Objectives) wanted = (Data, string.Join(',', Chosen.Select(objective => objective.Name)));
        if (_read is { } read && ReferenceEquals(read.Data, wanted.Data) && read.Objectives == wanted.Objectives)
        {
            return;
        }

        _read = wanted;
        await LoadAsync();
    }

    private Task<bool> LoadAsync()
    {
        (AnalysisData Data, string Objectives)? wanted = _read;
        AnalysisData data = Data;
        IReadOnlyList<ParetoObjective> chosen = Chosen;
        return RequestAsync(problem => _problem = problem.Explain(), async () =>
        {
            ParetoData pareto = await ReadAsync(data, chosen);
            if (_read == wanted)
            {
                (_pareto, _problem) = (pareto, null);
            }
        });
    }

    private async Task<ParetoData> ReadAsync(AnalysisData data, IReadOnlyList<ParetoObjective> chosen)
    {
        bool needsNetworks = chosen.Any(objective => objective.Column is null);
        string[] columns = [.. needsNetworks ? ParetoObjective.NetworkKeys : [], .. chosen.Select(objective => objective.Column).OfType<string>()];
        RunColumns runs = await Orchestrator.GetColumnsAsync(SweepId, columns, Selection.Status, Selection.Filter, Closing);
        var rows = runs.Ids.Index().ToDictionary(run => run.Item, run => run.Index);
        Dictionary<string, ModelSummary> networks = needsNetworks ? await ReadNetworksAsync(runs, data) : [];
        return ParetoData.Of(data, chosen, (objective, run) => !rows.TryGetValue(data.Ids[run], out int row) ? null
            : objective.Column is { } column ? Find(runs, column, row)?.Number
            : networks.TryGetValue(NetworkOf(runs, row), out ModelSummary? network) ? objective.OfModel(network) : null);
    }

    /// <summary>The runs of a network have the same figures, so one of them is asked for.</summary>
    private async Task<Dictionary<string, ModelSummary>> ReadNetworksAsync(RunColumns runs, AnalysisData data)
    {
        HashSet<string> analyzed = [.. data.Ids];
        var networks = new Dictionary<string, ModelSummary>();
        foreach ((int row, string id) in runs.Ids.Index().Where(run => analyzed.Contains(run.Item)).DistinctBy(run => NetworkOf(runs, run.Index)).Take(MostNetworks))
        {
            networks[NetworkOf(runs, row)] = await Orchestrator.GetRunModelAsync(id, Closing);
        }

        return networks;
    }

    private static string NetworkOf(RunColumns runs, int row) => string.Join('|', ParetoObjective.NetworkKeys.Select(key => Find(runs, key, row)?.Value));

    private static ColumnValue? Find(RunColumns runs, string column, int row) => runs.Columns.TryGetValue(column, out IReadOnlyList<ColumnValue>? values) ? values[row] : null;

    private Task ChooseAsync(int place, string? name)
    {
        List<string> names = [.. Chosen.Select(objective => objective.Name)];
        names.RemoveRange(place, names.Count > place ? 1 : 0);
        if (!string.IsNullOrEmpty(name))
        {
            names.Insert(Math.Min(place, names.Count), name);
        }

        return ObjectivesChanged.InvokeAsync(names.Count == 0 ? null : string.Join(',', names));
    }
}
