namespace Experiments.GpuWorker.Training.Pretrained.Names;

/// <summary>Finds a model's tensors in a file that names them in another way.</summary>
internal static class StoredNames
{
    /// <summary>What the wrappers for several devices put in front of every name.</summary>
    private const string Wrapper = "module.";

    /// <summary>The encoders of a MoCo checkpoint; the first is what its authors use.</summary>
    private static readonly string[] Encoders = ["base_encoder.", "momentum_encoder."];

    public static IReadOnlyList<INameRule> Rules { get; } = [new OldDenseNetNames(), new OldTransformerNames(), new TimmTransformerNames()];

    /// <summary>The names in the file by the names of the model; names that the model does not have are left out.</summary>
    /// <param name="stored">As they are in the file.</param>
    /// <param name="wanted">As the model has them.</param>
    public static IReadOnlyDictionary<string, string> Match(IReadOnlyCollection<string> stored, IReadOnlySet<string> wanted)
    {
        string prefix = PrefixOf(stored);
        var found = new Dictionary<string, string>();
        foreach (string name in stored.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string bare = name[prefix.Length..];
            string? match = wanted.Contains(bare) ? bare : Rules.Select(rule => rule.Translate(bare)).FirstOrDefault(other => other is not null && wanted.Contains(other));
            if (match is not null)
            {
                found.TryAdd(match, name);
            }
        }

        return found;
    }

    private static string PrefixOf(IReadOnlyCollection<string> stored)
    {
        string prefix = stored.All(name => name.StartsWith(Wrapper, StringComparison.Ordinal)) ? Wrapper : "";
        string? encoder = Array.Find(Encoders, encoder => stored.Any(name => name.StartsWith(prefix + encoder, StringComparison.Ordinal)));
        return prefix + encoder;
    }
}
