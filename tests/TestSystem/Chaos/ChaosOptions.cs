namespace Experiments.TestSystem.Chaos;

/// <summary>Options of a chaos run.</summary>
public sealed record ChaosOptions
{
    public required int Faults { get; init; }

    /// <summary>The seed for faults, victims and times.</summary>
    public required int Seed { get; init; }

    public int Workers { get; init; } = 3;

    /// <summary>Seconds; the heartbeat interval is a third of it.</summary>
    public double LeaseSeconds { get; init; } = 15;

    /// <summary>The mean pause between two faults.</summary>
    public TimeSpan MeanPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Epochs of the long run.</summary>
    public int LongEpochs { get; init; } = 200;

    /// <summary>The time without a finished epoch after which a sweep counts as stuck.</summary>
    public TimeSpan StuckTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>RabbitMQ closes the channel of a consumer that holds a delivery for longer.</summary>
    public TimeSpan ConsumerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Receives the progress, line by line.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}
