namespace Experiments.TestSystem.Chaos;

/// <summary>How much is done to the system, and how it is set up.</summary>
public sealed record ChaosOptions
{
    public required int Faults { get; init; }

    /// <summary>Faults, their victims and their times follow from it.</summary>
    public required int Seed { get; init; }

    public int Workers { get; init; } = 3;

    /// <summary>Seconds; heartbeats come three times as often.</summary>
    public double LeaseSeconds { get; init; } = 15;

    /// <summary>Between two faults, on average.</summary>
    public TimeSpan MeanPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Epochs of the one long run.</summary>
    public int LongEpochs { get; init; } = 200;

    /// <summary>The time without a finished epoch after which a sweep counts as stuck.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>RabbitMQ closes the channel of a consumer that holds a delivery for longer.</summary>
    public TimeSpan ConsumerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Receives the progress, line by line.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}
