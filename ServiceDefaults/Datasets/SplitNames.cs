using System.Text.RegularExpressions;

namespace Experiments.ServiceDefaults.Datasets;

internal enum SplitRole
{
    Training,
    Validation,
    Test,
}

/// <summary>By which names folders are recognised as splits, whatever their case: <c>train</c>, <c>Training</c>, <c>test_set</c> …</summary>
internal static partial class SplitNames
{
    private static readonly Dictionary<string, SplitRole> Roles = new(StringComparer.Ordinal)
    {
        ["train"] = SplitRole.Training,
        ["training"] = SplitRole.Training,
        ["val"] = SplitRole.Validation,
        ["valid"] = SplitRole.Validation,
        ["validation"] = SplitRole.Validation,
        ["dev"] = SplitRole.Validation,
        ["eval"] = SplitRole.Validation,
        ["evaluation"] = SplitRole.Validation,
        ["test"] = SplitRole.Test,
        ["testing"] = SplitRole.Test,
    };

    private static readonly string[] Endings = ["set", "data", "dataset", "images", "split"];

    /// <returns>Null where the name is not that of a split.</returns>
    public static SplitRole? Find(string name)
    {
        string plain = string.Concat(name.Where(letter => letter is not ('_' or '-' or ' ' or '.'))).ToLowerInvariant();
        foreach (string ending in (string[])["", .. Endings])
        {
            if (plain.EndsWith(ending, StringComparison.Ordinal) && Roles.TryGetValue(plain[..^ending.Length], out SplitRole role))
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>The split that a word in the name means, as in <c>train2017</c>, <c>trainA</c> or <c>01_val</c>.</summary>
    /// <returns>Null where no word is that of a split.</returns>
    public static SplitRole? FindWord(string name)
    {
        foreach (ValueMatch word in Words().EnumerateMatches(name))
        {
            if (Roles.TryGetValue(name.Substring(word.Index, word.Length).ToLowerInvariant(), out SplitRole role))
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>Runs of letters, of which a capital after a small letter begins another.</summary>
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{L}-[\p{Lu}]]+")]
    private static partial Regex Words();

    /// <summary>True where the name may as well be that of a class: a vehicle, or documents that are valid or not.</summary>
    public static bool MayBeClass(string name) => name.ToLowerInvariant() is "train" or "valid" or "dev";

    /// <summary>True where versions that knew these names alone read the folder as the same split.</summary>
    public static bool IsFirst(string name, SplitRole role) => role switch
    {
        SplitRole.Training => name == "train",
        SplitRole.Validation => name is "val" or "valid" or "validation",
        _ => name == "test",
    };

    /// <summary>As metrics and views name it.</summary>
    public static string Of(SplitRole role) => role switch
    {
        SplitRole.Training => "training",
        SplitRole.Validation => "validation",
        _ => "test",
    };
}
