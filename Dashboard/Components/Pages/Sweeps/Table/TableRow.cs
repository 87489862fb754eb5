using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>A run and its place in the table, from 0.</summary>
public sealed record TableRow(int Index, RunView Run);
