using System.Globalization;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>
/// Reads switches and page numbers from an address. Pages take them as text, since a mistyped parameter of another type breaks the whole page
/// for a user with a wrong or truncated address. Pure.
/// </summary>
public static class QueryValue
{
    /// <summary>Above every list's last page, yet small enough that page times page size does not overflow.</summary>
    private const int LastPage = 1_000_000;

    /// <param name="text"><c>true</c> or <c>1</c>; everything else means off.</param>
    public static bool IsOn(string? text) => text == "1" || (bool.TryParse(text, out bool isOn) && isOn);

    /// <param name="text">From 1; anything else means the first page.</param>
    /// <param name="last">The last page, if known.</param>
    public static int Page(string? text, int last = LastPage) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? Math.Clamp(page, 1, Math.Clamp(last, 1, LastPage)) : 1;
}
