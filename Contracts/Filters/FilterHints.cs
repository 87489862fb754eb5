
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Filters;

/// <summary>Corrections of filter values that cannot be read: the end of an error message, or nothing.</summary>
public static class FilterHints
{
    /// <summary>For a string where a number is expected: <c>; write 0.9</c> for <c>90%</c>.</summary>
    public static string Number(string text)
    {
        foreach (double reading in NumberText.Readings(text))
        {
            return $"; write {NumberText.Format(reading)}";
        }

        return "";
    }
}
