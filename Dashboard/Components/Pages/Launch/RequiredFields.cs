namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>The fields that every sweep must fill in. Pure.</summary>
internal static class RequiredFields
{
    private static readonly (string Path, string ToDo, Func<SweepDraft, bool> IsEmpty)[] All =
    [
        ("name", "give the sweep a name", draft => string.IsNullOrWhiteSpace(draft.Name)),
        ("dataset.path", "name the folder of its images", draft => draft.Dataset.Path is null),
    ];

    /// <summary>The errors, without those of required fields that the user has not reached yet.</summary>
    public static IReadOnlyDictionary<string, string[]> WithoutUntouched(IReadOnlyDictionary<string, string[]> errors, SweepDraft draft) =>
        errors.Where(error => !All.Any(field => field.Path == error.Key && field.IsEmpty(draft) && !draft.Touched.Contains(field.Path))).ToDictionary();

    /// <summary>The remaining steps as parts of a sentence; null if there are other errors.</summary>
    public static IReadOnlyList<string>? ToDo(IReadOnlyCollection<string> wrong, SweepDraft draft)
    {
        (string Path, string ToDo, Func<SweepDraft, bool> IsEmpty)[] open = [.. All.Where(field => wrong.Contains(field.Path) && field.IsEmpty(draft))];
        return wrong.Count > 0 && open.Length == wrong.Count ? [.. open.Select(field => field.ToDo)] : null;
    }
}
