using System.Diagnostics;
using Experiments.Benchmarks.Training;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Search;

/// <summary>Trains the configurations of <see cref="CurveGrid"/> and stores their curves. It continues a file that has some of them already.</summary>
/// <param name="folder">Class folders <c>train</c> and <c>test</c>.</param>
/// <param name="limit">Images; half of them are held back for validation, because accuracies of few images have few different values.</param>
/// <param name="path">The file with the curves.</param>
internal sealed class CurveRecorder(string folder, int limit, string path)
{
    private readonly DatasetSpec _dataset = new() { Name = "imagefolder", Path = folder, Limit = limit, ValidationFraction = 0.5 };

    /// <param name="configurations">Stops after this number of configurations.</param>
    public void Record(int configurations)
    {
        List<Curve> curves = File.Exists(path) ? [.. CurveTable.Read(path)] : [];
        using var host = new TrainingHost();
        foreach (IReadOnlyList<int> cell in CurveGrid.Cells.Where(cell => !curves.Any(curve => curve.Levels.SequenceEqual(cell))).Take(configurations).ToArray())
        {
            curves.Add(Train(host, cell));
            CurveTable.Write(path, curves);
            Console.WriteLine($"{curves.Count}/{CurveGrid.Cells.Count} {string.Join(' ', CurveGrid.Axes.Zip(cell, (axis, level) => axis.Values[level]))}: accuracy {curves[^1].Final:F4}, {curves[^1].SecondsPerEpoch:F2} s an epoch");
        }
    }

    private Curve Train(TrainingHost host, IReadOnlyList<int> cell)
    {
        var listener = new AccuracyListener();
        try
        {
            host.Train(host.Job(CurveGrid.Settings(cell), _dataset), listener, CancellationToken.None);
        }
        catch (TrainingException exception) when (exception.Kind == FailureKind.Diverged)
        {
            // A diverged run has no accuracy after that, and ranks last.
            Console.WriteLine($"diverged after epoch {listener.Accuracies.Count}");
        }

        return new Curve(cell, listener.MedianSeconds, [.. listener.Accuracies, .. Enumerable.Repeat(0.0, CurveGrid.Epochs - listener.Accuracies.Count)]);
    }

    private sealed class AccuracyListener : ITrainingListener
    {
        private readonly List<double> _seconds = [];
        private long _last = Stopwatch.GetTimestamp();

        public List<double> Accuracies { get; } = [];

        public double MedianSeconds => _seconds.Count == 0 ? 0 : _seconds.Order().ElementAt(_seconds.Count / 2);

        public void OnMetric(string name, long step, double value)
        {
        }

        public void OnEpochTrained(EpochResult result)
        {
            _seconds.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
            _last = Stopwatch.GetTimestamp();
            Accuracies.Add(result.Metrics[MetricNames.ValidationAccuracy]);
        }

        public void OnEpochFinished(EpochResult result)
        {
        }
    }
}
