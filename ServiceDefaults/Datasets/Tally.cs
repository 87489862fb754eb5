using System.Globalization;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Counts items, and keeps the first few names.</summary>
internal sealed class Tally(int mostNamed = 5)
{
    private readonly List<string> _names = [];

    public int Count { get; private set; }

    /// <summary>The kept names, with an ellipsis if there are more.</summary>
    public string Names => string.Join(", ", _names) + (Count > _names.Count ? ", …" : "");

    public void Add(string name)
    {
        Count++;
        if (_names.Count < mostNamed)
        {
            _names.Add(name);
        }
    }

    /// <summary>A count with its noun, such as <c>1 file</c> or <c>2,000 files</c>.</summary>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
