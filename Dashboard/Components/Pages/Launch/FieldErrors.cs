using System.Globalization;
using Experiments.Contracts.Grids;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Errors by path, assigned to their fields.</summary>
public static class FieldErrors
{
    /// <summary>The errors at <paramref name="path"/> or inside it.</summary>
    public static string? At(IReadOnlyDictionary<string, string[]> errors, string path)
    {
        string text = string.Join(" ", errors
            .Where(error => error.Key == path || IsInside(error.Key, path))
            .SelectMany(error => error.Value));
        return text.Length == 0 ? null : text;
    }

    /// <summary>The errors of a hyperparameter, in any grid or the base.</summary>
    /// <param name="grid">The edited grid if there are several; else null.</param>
    public static string? Of(IReadOnlyDictionary<string, string[]> errors, string hyperparameter, int? grid = null) =>
        Places(hyperparameter, grid).Select(path => At(errors, path)).FirstOrDefault(error => error is not null);

    /// <summary>The warnings of a hyperparameter.</summary>
    /// <param name="grid">The edited grid if there are several; else null.</param>
    public static string? Doubt(IReadOnlyList<SweepWarning> warnings, string hyperparameter, int? grid = null)
    {
        string text = string.Join(" ", warnings.Where(warning => Places(hyperparameter, grid).Contains(warning.Path)).Select(warning => warning.Message).Distinct());
        return text.Length == 0 ? null : text;
    }

    private static string[] Places(string hyperparameter, int? grid) => grid is { } index
        ? [$"grid[{index.ToString(CultureInfo.InvariantCulture)}].{hyperparameter}"]
        : [$"grid.{hyperparameter}", $"base.{hyperparameter}", hyperparameter];

    private static bool IsInside(string path, string outer) =>
        path.Length > outer.Length && path.StartsWith(outer, StringComparison.Ordinal) && path[outer.Length] is '.' or '[';
}
