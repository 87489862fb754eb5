namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>Finds a model's tensors in a file that names them in another way.</summary>
internal static class StoredNames
{
    /// <summary>How many wrappers are looked for around a network, one dot each; <c>module._orig_mod.model.backbone.</c> has four.</summary>
    private const int MostParts = 8;

    public static IReadOnlyList<INameRule> Rules { get; } = [new OldDenseNetNames(), new OldTransformerNames(), new TimmTransformerNames()];

    /// <summary>
    /// Everything that the names may have in front of those of the model (nothing, <c>module.</c>, <c>_orig_mod.</c>, <c>backbone.</c>, …), and for each
    /// the names in the file by the names of the model. Names that the model does not have are left out.
    /// </summary>
    /// <param name="stored">As they are in the file.</param>
    /// <param name="wanted">As the model has them.</param>
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
