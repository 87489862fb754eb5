using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>A run and its index in the table.</summary>
public sealed record TableRow(int Index, RunView Run);
