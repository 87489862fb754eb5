using System.Text.RegularExpressions;

namespace Experiments.ServiceDefaults.Datasets;

internal enum SplitRole
{
    Training,
    Validation,
    Test,
}

/// <summary>The names by which folders are recognized as splits, ignoring case: <c>train</c>, <c>Training</c>, <c>test_set</c> …</summary>
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

    private static readonly Dictionary<string, SplitRole> ShortForms = new(StringComparer.Ordinal)
    {
        ["tr"] = SplitRole.Training,
        ["trn"] = SplitRole.Training,
        ["va"] = SplitRole.Validation,
        ["vl"] = SplitRole.Validation,
        ["vld"] = SplitRole.Validation,
        ["te"] = SplitRole.Test,
        ["ts"] = SplitRole.Test,
        ["tst"] = SplitRole.Test,
    };

    /// <summary>Words that may surround a split's name without changing its meaning.</summary>
    private static readonly HashSet<string> Marks =
        ["copy", "img", "imgs", "image", "pic", "pics", "pictures", "photo", "photos", "jpg", "jpeg", "png"];

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
    public static SplitRole? FindWord(string name) => FindWord(name, Roles);

    /// <summary>Like <see cref="FindWord(string)"/>, for the short forms <c>tr</c>, <c>va</c>, <c>te</c>, which are also codes of languages.</summary>
    /// <returns>Null where no word is that of a split, short or not.</returns>
    public static SplitRole? FindShortWord(string name) => FindWord(name) ?? FindWord(name, ShortForms);

    /// <summary>The split whose name has only numbers, single letters and the like around it: <c>train1</c>, <c>testA</c>, <c>val (copy)</c>, but not <c>train station</c>.</summary>
    /// <returns>Null where the name means something else.</returns>
    public static SplitRole? FindMarked(string name)
    {
        IEnumerable<string> words = WordsOf(name).Where(word => word.Length > 1 && !Marks.Contains(word));
        return Find(string.Concat(words));
    }

    /// <summary>
    /// True where the names, of which there are at least two, are those of different splits, training among them, in one and the same text: <c>mytrain</c> next to
    /// <c>mytest</c>, <c>trains</c> next to <c>tests</c>.
    /// </summary>
    public static bool AreAroundOneText(IReadOnlyList<string> names)
    {
        string[] plain = [.. names.Select(name => name.ToLowerInvariant())];
        return plain.Length > 1 && TextsAround(plain[0]).Any(text =>
        {
            SplitRole?[] roles = [.. plain.Select(name => RoleIn(name, text.Before, text.Behind))];
            return roles.Contains(SplitRole.Training) && !roles.Contains(null) && roles.Distinct().Count() > 1;
        });
    }

    /// <summary>The text before and after each split's name.</summary>
    private static IEnumerable<(string Before, string Behind)> TextsAround(string name) =>
        from role in Roles.Keys
        let at = name.IndexOf(role, StringComparison.Ordinal)
        where at >= 0
        select (name[..at], name[(at + role.Length)..]);

    private static SplitRole? RoleIn(string name, string before, string behind) =>
        name.Length > before.Length + behind.Length && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(behind, StringComparison.Ordinal)
        && Roles.TryGetValue(name[before.Length..^behind.Length], out SplitRole role)
            ? role
            : null;

    private static SplitRole? FindWord(string name, Dictionary<string, SplitRole> roles)
    {
        foreach (string word in WordsOf(name))
        {
            if (roles.TryGetValue(word, out SplitRole role))
            {
                return role;
            }
        }

        return null;
    }

    private static IEnumerable<string> WordsOf(string name) => Words().Matches(name).Select(word => word.Value.ToLowerInvariant());

    /// <summary>Sequences of letters; a capital after a small letter begins a new one.</summary>
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{L}-[\p{Lu}]]+")]
    private static partial Regex Words();

    /// <summary>True where the name may also be a class: a vehicle, or documents that are valid or not.</summary>
    public static bool MayBeClass(string name) => name.ToLowerInvariant() is "train" or "valid" or "dev";

    /// <summary>True where versions that knew only these names read the folder as the same split.</summary>
    public static bool IsFirst(string name, SplitRole role) => role switch
    {
        SplitRole.Training => name == "train",
        SplitRole.Validation => name is "val" or "valid" or "validation",
        _ => name == "test",
    };

    /// <summary>The split's name in metrics and views.</summary>
    public static string Of(SplitRole role) => role switch
    {
        SplitRole.Training => "training",
        SplitRole.Validation => "validation",
        _ => "test",
    };
}
