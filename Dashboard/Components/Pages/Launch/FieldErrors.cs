namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Errors by path, handed to the fields they are about.</summary>
public static class FieldErrors
{
    /// <summary>What is wrong at <paramref name="path"/> or inside it.</summary>
    public static string? At(IReadOnlyDictionary<string, string[]> errors, string path)
    {
        string text = string.Join(" ", errors
            .Where(error => error.Key == path || IsInside(error.Key, path))
            .SelectMany(error => error.Value));
        return text.Length == 0 ? null : text;
    }

    /// <summary>What is wrong with a hyperparameter, wherever it stands.</summary>
    public static string? Of(IReadOnlyDictionary<string, string[]> errors, string hyperparameter) =>
        At(errors, $"grid.{hyperparameter}") ?? At(errors, $"base.{hyperparameter}") ?? At(errors, hyperparameter);

    private static bool IsInside(string path, string outer) =>
        path.Length > outer.Length && path.StartsWith(outer, StringComparison.Ordinal) && path[outer.Length] is '.' or '[';
}
