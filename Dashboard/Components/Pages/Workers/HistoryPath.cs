using System.Globalization;
using System.Text;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Workers;

/// <summary>Turns samples of a worker into the paths of a small chart. Pure.</summary>
public static class HistoryPath
{
    public const int Width = 360;
    public const int Height = 40;

    /// <summary>The shown time in seconds.</summary>
    public const int Span = 3600;

    /// <summary>Longer gaps, in steps, are left open: the worker sent no heartbeats.</summary>
    private const int StepsForGap = 3;

    /// <summary>The line of a value over the last hour; a gap in the samples is a gap in the line.</summary>
    /// <param name="valueOf">0 to 1.</param>
    /// <returns>SVG path data in a box of <see cref="Width"/> by <see cref="Height"/>, with the present at the right.</returns>
    public static string Line(IReadOnlyList<WorkerSample> samples, int stepSeconds, DateTimeOffset now, Func<WorkerSample, double> valueOf) =>
        Join(Pieces(samples, stepSeconds, now).Select(piece => Polyline(piece, now, valueOf)));

    /// <summary>The area below <see cref="Line"/>.</summary>
    public static string Area(IReadOnlyList<WorkerSample> samples, int stepSeconds, DateTimeOffset now, Func<WorkerSample, double> valueOf) =>
        Join(Pieces(samples, stepSeconds, now).Select(piece =>
            string.Create(CultureInfo.InvariantCulture, $"{Polyline(piece, now, valueOf)}L{X(piece[^1], now):0.#} {Height}L{X(piece[0], now):0.#} {Height}Z")));

    private static string Join(IEnumerable<string> pieces) => string.Concat(pieces);

    private static List<List<WorkerSample>> Pieces(IReadOnlyList<WorkerSample> samples, int stepSeconds, DateTimeOffset now)
    {
        var pieces = new List<List<WorkerSample>>();
        foreach (WorkerSample sample in samples.Where(sample => (now - sample.Time).TotalSeconds <= Span))
        {
            if (pieces.Count == 0 || (sample.Time - pieces[^1][^1].Time).TotalSeconds > StepsForGap * stepSeconds)
            {
                pieces.Add([]);
            }

            pieces[^1].Add(sample);
        }

        return pieces;
    }

    private static string Polyline(List<WorkerSample> piece, DateTimeOffset now, Func<WorkerSample, double> valueOf)
    {
        var path = new StringBuilder();
        foreach ((int index, WorkerSample sample) in piece.Index())
        {
            double y = Height - (Math.Clamp(valueOf(sample), 0, 1) * Height);
            path.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? 'M' : 'L')}{X(sample, now):0.#} {y:0.#}");
        }

        return path.ToString();
    }

    private static double X(WorkerSample sample, DateTimeOffset now) => Width - ((now - sample.Time).TotalSeconds * Width / Span);
}
