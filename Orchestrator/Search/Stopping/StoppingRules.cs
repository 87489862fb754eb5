namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>The stopping rules by name.</summary>
public static class StoppingRules
{
    private static readonly Dictionary<string, Func<StoppingSettings, IStoppingRule>> Rules = new(StringComparer.Ordinal)
    {
        ["none"] = _ => new NoStopping(),
        ["median"] = settings => new MedianStopping(settings),
        ["asha"] = settings => new SuccessiveHalving(settings, [Brackets.RungsOf(settings)]),
        ["hyperband"] = settings => new SuccessiveHalving(settings, Brackets.Of(settings)),
    };

    public static IReadOnlyCollection<string> Names => Rules.Keys;

    /// <exception cref="ArgumentException">A setting is not valid (<see cref="StoppingSettings.Check"/>).</exception>
    public static IStoppingRule Create(StoppingSettings settings)
    {
        foreach ((string _, string message) in settings.Check())
        {
            throw new ArgumentException(message, nameof(settings));
        }

        return Rules[settings.Rule](settings);
    }
}
