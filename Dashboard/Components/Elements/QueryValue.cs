using System.Globalization;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>
/// Reads switches and pages from an address. Pages take them as texts: a parameter of another type ends the whole page
/// when somebody has typed or cut the address wrongly. Pure.
/// </summary>
public static class QueryValue
{
    /// <summary>So high that no list has more, and so low that a page times its size is still a number.</summary>
    private const int LastPage = 1_000_000;

    /// <param name="text"><c>true</c> or <c>1</c>; everything else is off.</param>
    public static bool IsOn(string? text) => text == "1" || (bool.TryParse(text, out bool isOn) && isOn);

    /// <param name="text">From 1; what is no such number stands for the first page.</param>
    /// <param name="last">The last page that there is, when that is known.</param>
    public static int Page(string? text, int last = LastPage) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? Math.Clamp(page, 1, Math.Clamp(last, 1, LastPage)) : 1;
}
