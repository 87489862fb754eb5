using Experiments.GpuWorker.Training.Execution;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Finds the models that <c>precision: auto</c> trains in bfloat16, before the worker takes its first run: a training next to it would distort the times.
/// </summary>
public sealed class PrecisionMeasurement : BackgroundService
{
    private readonly BFloat16Models _candidates;
    private readonly TicketGate _gate;
    private readonly ILogger<PrecisionMeasurement> _logger;

    // A thread of its own: it computes for seconds, and libtorch's settings are per thread.
    private readonly Task _measurement;

    private volatile IReadOnlyList<string>? _models;

    public PrecisionMeasurement(BFloat16Models candidates, TicketGate gate, ILogger<PrecisionMeasurement> logger)
    {
        (_candidates, _gate, _logger) = (candidates, gate, logger);
        _measurement = new Task(Measure, TaskCreationOptions.LongRunning);
        _models = candidates.IsSupported ? null : [];
    }

    /// <summary>Null until it is known.</summary>
    public IReadOnlyList<string>? Models => _models;

    /// <summary>Closes the gate before any service that starts later can take a ticket.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_models is not null)
        {
            return Task.CompletedTask;
        }

        _gate.CloseForLongRun(_measurement);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _measurement.Start(TaskScheduler.Default);
        return _measurement;
    }

    private void Measure()
    {
        try
        {
            _models = _candidates.Find();
        }
        catch (Exception exception)
        {
            // Such as no memory left on a GPU that others use. The worker can still train in the precision that a sweep names.
            _logger.LogError(exception, "The gains of bfloat16 cannot be measured; sweeps with precision: auto train in float32");
            _models = [];
        }
    }
}
