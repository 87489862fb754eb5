using System.Globalization;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Reads the number of an attempt.</summary>
internal static class AttemptNumber
{
    /// <param name="least">1, or <see cref="Attempt.OfStage"/>.</param>
    /// <exception cref="ApiException">It is not a valid number.</exception>
    public static int Read(string text, int least = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw ApiException.BadRequest("attempt", $"not allowed: \"{Quote.Shorten(text)}\"; allowed: a whole number from {least}");
}
