using System.Globalization;
using System.Text;

namespace Experiments.Dashboard.Api;

/// <summary>Names of downloaded files. They are unique across runs, so that files of several runs fit in one folder. Pure.</summary>
internal static class DownloadNames
{
    private const int LongestSweep = 60;

    /// <summary><c>quickstart-run-12-best.safetensors</c>.</summary>
    /// <param name="cell">The number of the run in its sweep.</param>
    /// <param name="file">The name of the file in the run.</param>
    public static string OfRun(string sweep, int cell, string file) => string.Create(CultureInfo.InvariantCulture, $"{Slug(sweep)}-run-{cell}-{file}");

    /// <summary><c>quickstart-runs.csv</c>.</summary>
    public static string OfSweep(string sweep, string file) => $"{Slug(sweep)}-{file}";

    /// <summary>Letters and digits of any script; everything else becomes a dash, since file systems differ in what they allow.</summary>
    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (Rune letter in name.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter) || letter.Value is '_' or '.')
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= LongestSweep)
            {
                break;
            }
        }

        string text = slug.ToString().Trim('-', '.');
        return text.Length > 0 ? text : "sweep";
    }
}
