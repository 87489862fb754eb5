using System.Globalization;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>
/// Refused input by field. While there is any, the draft differs from what its
/// author intends.
/// </summary>
public sealed class RefusedInputs
{
    private readonly Dictionary<string, string> _problems = [];

    /// <summary>Problems by the field's path in a sweep file.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>The error of a field's last input; null if it was accepted.</summary>
    public string? Of(string field) => _problems.GetValueOrDefault(field);

    /// <summary>Reads a whole number; other input is refused, and quoted.</summary>
    public bool TryReadWhole(string field, string text, out int number)
    {
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        Set(field, isNumber ? null : $"not a whole number: \"{text}\"");
        return isNumber;
    }

    /// <summary>Forgets the input of the fields inside a part that is removed.</summary>
    public void ForgetInside(string part)
    {
        foreach (string field in _problems.Keys.Where(field => field.StartsWith(part + ".", StringComparison.Ordinal)).ToArray())
        {
            _problems.Remove(field);
        }
    }

    /// <param name="problem">Null if the input was accepted.</param>
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
