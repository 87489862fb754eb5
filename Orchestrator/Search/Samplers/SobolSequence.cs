namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// The Sobol sequence (Sobol, 1967) with the direction numbers of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections" (2008), and
/// Owen's nested uniform scrambling ("Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995): each digit is flipped by a random bit that depends on the
/// digits above it. Every aligned block of 2^k points keeps its even cover of the cube.
/// </summary>
internal static class SobolSequence
{
    private const int Bits = 32;

    /// <summary>
    /// From the second dimension on: the primitive polynomial as bits, its leading and last coefficient included, and the first direction numbers (the file
    /// new-joe-kuo-6.21201). All polynomials up to degree 7.
    /// </summary>
    private static readonly (uint Polynomial, uint[] First)[] Table =
    [
        (3, [1]),
        (7, [1, 3]),
        (11, [1, 3, 1]),
        (13, [1, 1, 1]),
        (19, [1, 1, 3, 3]),
        (25, [1, 3, 5, 13]),
        (37, [1, 1, 5, 5, 17]),
        (41, [1, 1, 5, 5, 5]),
        (47, [1, 1, 7, 11, 19]),
        (55, [1, 1, 5, 1, 1]),
        (59, [1, 1, 1, 3, 11]),
        (61, [1, 3, 5, 5, 31]),
        (67, [1, 3, 3, 9, 7, 49]),
        (91, [1, 1, 1, 15, 21, 21]),
        (97, [1, 3, 1, 13, 27, 49]),
        (103, [1, 1, 1, 15, 7, 5]),
        (109, [1, 3, 1, 15, 13, 25]),
        (115, [1, 1, 5, 5, 19, 61]),
        (131, [1, 3, 7, 11, 23, 15, 103]),
        (137, [1, 3, 7, 13, 13, 15, 69]),
        (143, [1, 1, 3, 13, 7, 35, 63]),
        (145, [1, 3, 5, 9, 1, 25, 53]),
        (157, [1, 3, 1, 13, 9, 35, 107]),
        (167, [1, 3, 1, 5, 27, 61, 31]),
        (171, [1, 1, 5, 11, 19, 41, 61]),
        (185, [1, 3, 5, 3, 3, 13, 69]),
        (191, [1, 1, 7, 13, 1, 19, 1]),
        (193, [1, 3, 7, 5, 13, 19, 59]),
        (203, [1, 1, 3, 9, 25, 29, 41]),
        (211, [1, 3, 5, 13, 23, 1, 55]),
        (213, [1, 3, 7, 3, 13, 59, 17]),
        (229, [1, 3, 1, 3, 5, 53, 69]),
        (239, [1, 1, 5, 5, 23, 33, 13]),
        (241, [1, 1, 7, 7, 1, 61, 123]),
        (247, [1, 1, 7, 9, 13, 61, 49]),
        (253, [1, 3, 3, 5, 3, 55, 33]),
    ];

    private static readonly uint[][] Directions = [.. Enumerable.Range(0, Dimensions).Select(DirectionsOf)];

    /// <summary>The number of dimensions that there are direction numbers for.</summary>
    public static int Dimensions => Table.Length + 1;

    /// <summary>The first 32 binary digits of a coordinate of a point, the highest bit first, before scrambling.</summary>
    public static uint Plain(int index, int dimension)
    {
        uint digits = 0;
        for (int bit = 0; index >> bit != 0; bit++)
        {
            digits ^= (index >> bit & 1) == 0 ? 0 : Directions[dimension][bit];
        }

        return digits;
    }

    /// <summary>A coordinate of a scrambled point, in [0, 1).</summary>
    public static double Scrambled(ulong seed, int index, int dimension)
    {
        uint plain = Plain(index, dimension);
        ulong digits = 0;
        for (int bit = 0; bit < Bits; bit++)
        {
            // The digits above, with a leading one so that 0 and 00 differ.
            ulong above = (1UL << bit) | ((ulong)plain >> (Bits - bit));
            ulong flip = CounterHash.Mix(CounterHash.Bits(seed, bit, dimension) ^ above) & 1;
            digits = (digits << 1) | ((plain >> (Bits - 1 - bit) & 1) ^ flip);
        }

        // The digits below are independent for each point.
        const int Below = 53 - Bits;
        return ((digits << Below) | (CounterHash.Bits(seed, index, dimension) >> (64 - Below))) * (1.0 / (1UL << 53));
    }

    /// <summary>The recurrence of Bratley and Fox, "Algorithm 659" (1988), shifted to the highest bit.</summary>
    private static uint[] DirectionsOf(int dimension)
    {
        uint[] directions = new uint[Bits];
        (uint polynomial, uint[] first) = dimension == 0 ? (1, []) : Table[dimension - 1];
        int degree = first.Length;
        for (int i = 0; i < Bits; i++)
        {
            directions[i] = degree == 0 ? 1U << (Bits - 1 - i)
                : i < degree ? first[i] << (Bits - 1 - i)
                : directions[i - degree] ^ (directions[i - degree] >> degree);
            for (int k = 1; k < degree && i >= degree; k++)
            {
                directions[i] ^= (polynomial >> (degree - k) & 1) == 0 ? 0 : directions[i - k];
            }
        }

        return directions;
    }
}
