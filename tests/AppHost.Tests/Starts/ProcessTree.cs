using System.Diagnostics;
using System.Globalization;

namespace Experiments.AppHost.Tests.Starts;

/// <summary>A process and its descendants, on Linux.</summary>
internal static class ProcessTree
{
    /// <returns>Process ids, the given ones first.</returns>
    public static IReadOnlyList<int> Of(params int[] roots)
    {
        ILookup<int, int> children = Running().ToLookup(process => process.Parent, process => process.Id);
        List<int> all = [.. roots];
        for (int next = 0; next < all.Count; next++)
        {
            all.AddRange(children[all[next]]);
        }

        return all;
    }

    /// <summary>Kills them as a power cut would.</summary>
    public static void Kill(int root)
    {
        using Process process = Process.GetProcessById(root);
        process.Kill(entireProcessTree: true);
    }

    /// <summary>The processes that are still running.</summary>
    public static IEnumerable<int> StillRunning(IEnumerable<int> ids) => ids.Intersect(Running().Select(process => process.Id));

    private static IEnumerable<(int Id, int Parent)> Running()
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Status(folder) is [var state, var parent, ..] && state != "Z")
            {
                yield return (id, int.Parse(parent, CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>State and parent; they follow the program's name, which is in parentheses.</summary>
    private static string[] Status(string folder)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return [];
        }
    }
}
