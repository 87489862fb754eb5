using Experiments.GpuWorker.Training.Execution;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Finds the models that <c>precision: auto</c> trains in bfloat16, before the worker takes its first run: a training next to it would distort the times.
/// </summary>
public sealed class PrecisionMeasurement(BFloat16Models models, TicketGate gate, ILogger<PrecisionMeasurement> logger) : BackgroundService
{
    private volatile IReadOnlyList<string>? _models;

    /// <summary>Null until it is known.</summary>
    public IReadOnlyList<string>? Models => _models;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!models.IsSupported)
        {
            _models = [];
            return Task.CompletedTask;
        }

        // A thread of its own: it computes for seconds, and libtorch's settings are per thread.
        Task measured = Task.Factory.StartNew(Measure, stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        gate.CloseForLongRun(measured);
        return measured;
    }

    private void Measure()
    {
        try
        {
            _models = models.Find();
        }
        catch (Exception exception)
        {
            // Such as no memory left on a GPU that others use. The worker can still train in the precision that a sweep names.
            logger.LogError(exception, "The gains of bfloat16 cannot be measured; sweeps with precision: auto train in float32");
            _models = [];
        }
    }
}
