namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>
/// What was typed into fields of the form and could not be taken, by field: as long as there is any, the draft is not what its
/// author means.
/// </summary>
public sealed class RefusedInputs
{
    private readonly Dictionary<string, string> _problems = [];

    /// <summary>By the path that the field has in a sweep file.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>What is wrong with the last input of a field; null if it was taken.</summary>
    public string? Of(string field) => _problems.GetValueOrDefault(field);

    /// <param name="problem">Null if the input was taken.</param>
    public void Set(string field, string? problem)
    {
        if (problem is null)
        {
            _problems.Remove(field);
        }
        else
        {
            _problems[field] = problem;
        }
    }
}
