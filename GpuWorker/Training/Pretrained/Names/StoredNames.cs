namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>Finds a model's tensors in a file that names them differently.</summary>
internal static class StoredNames
{
    /// <summary>The maximum number of wrappers around a network, one dot each; <c>module._orig_mod.model.backbone.</c> has four.</summary>
    private const int MostParts = 8;

    public static IReadOnlyList<INameRule> Rules { get; } = [new OldDenseNetNames(), new OldTransformerNames(), new TimmTransformerNames()];

    /// <summary>
    /// All prefixes of the model's names (empty, <c>module.</c>, <c>_orig_mod.</c>, <c>backbone.</c>, …), and for each
    /// the names in the file by the names of the model. Names that the model does not have are skipped.
    /// </summary>
    /// <param name="stored">The names in the file.</param>
    /// <param name="wanted">The names in the model.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> MatchByPrefix(IEnumerable<string> stored, IReadOnlySet<string> wanted)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (string name in stored)
        {
            foreach (int length in PrefixLengths(name))
            {
                if (Match(name[length..], wanted) is { } match)
                {
                    string prefix = name[..length];
                    if (!found.TryGetValue(prefix, out IReadOnlyDictionary<string, string>? names))
                    {
                        found.Add(prefix, names = new Dictionary<string, string>());
                    }

                    ((Dictionary<string, string>)names).TryAdd(match, name);
                }
            }
        }

        return found;
    }

    private static string? Match(string bare, IReadOnlySet<string> wanted) => wanted.Contains(bare)
        ? bare
        : Rules.Select(rule => rule.Translate(bare)).FirstOrDefault(other => other is not null && wanted.Contains(other));

    private static IEnumerable<int> PrefixLengths(string name)
    {
        int length = 0;
        for (int parts = 0; parts <= MostParts; parts++)
        {
            yield return length;
            length = name.IndexOf('.', length) + 1;
            if (length == 0)
            {
                yield break;
            }
        }
    }
}
