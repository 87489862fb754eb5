using System.Globalization;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Reads the number of an attempt.</summary>
internal static class AttemptNumber
{
    /// <exception cref="ApiException">It is not a valid number.</exception>
    public static int Read(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw ApiException.BadRequest("attempt", $"not allowed: \"{Quote.Shorten(text)}\"; allowed: a whole number from 1");
}
