namespace Experiments.Contracts.Text;

/// <summary>Composes Korean syllables by arithmetic (Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Tails = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <returns>False if the code is not a syllable.</returns>
    public static bool TryDecompose(int code, List<int> into)
    {
        int place = code - Syllables;
        if (place is < 0 or >= SyllableCount)
        {
            return false;
        }

        into.Add(Leads + (place / (VowelCount * TailCount)));
        into.Add(Vowels + (place % (VowelCount * TailCount) / TailCount));
        if (place % TailCount is > 0 and var tail)
        {
            into.Add(Tails + tail);
        }

        return true;
    }

    /// <returns>Null if the two do not combine.</returns>
    public static int? TryCompose(int first, int second)
    {
        if (first - Leads is >= 0 and < LeadCount and var lead && second - Vowels is >= 0 and < VowelCount and var vowel)
        {
            return Syllables + (((lead * VowelCount) + vowel) * TailCount);
        }

        return first - Syllables is >= 0 and < SyllableCount and var place && place % TailCount == 0 && second - Tails is > 0 and < TailCount and var tail
            ? first + tail
            : null;
    }
}
