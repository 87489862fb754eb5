namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>All randomness of a simulation, and its failure rates: each seed leaves out some kinds of trouble, so that the others show more clearly.</summary>
internal sealed class Luck(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>False once all trouble has ended.</summary>
    public bool IsUnkind { get; set; } = true;

    public double LosesRequest { get; private set; }

    public double LosesReply { get; private set; }

    public double LosesNotice { get; private set; }

    public double Doubles { get; private set; }

    public double Reorders { get; private set; }

    public double Delays { get; private set; }

    /// <summary>Draws the parameters of this seed.</summary>
    public void Draw()
    {
        LosesRequest = DrawChance(0.2);
        LosesReply = DrawChance(0.2);
        LosesNotice = DrawChance(0.5);
        Doubles = DrawChance(0.3);
        Reorders = DrawChance(0.5);
        Delays = DrawChance(0.2);
    }

    public bool Happens(double chance) => IsUnkind && _random.NextDouble() < chance;

    public int Next(int below) => _random.Next(below);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromTicks((long)((fromSeconds + (_random.NextDouble() * (toSeconds - fromSeconds))) * TimeSpan.TicksPerSecond));

    /// <summary>The delay of a message.</summary>
    public TimeSpan Latency() => Happens(Delays) ? Between(0.1, Happens(0.2) ? 25 : 3) : Between(0.001, 0.03);

    private double DrawChance(double most) => _random.Next(2) == 0 ? 0 : _random.NextDouble() * most;
}
