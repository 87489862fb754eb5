using System.Diagnostics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>
/// Marks frequent background activities: heartbeats, polls, reads. Their child spans, also in other processes, are not
/// exported unless they fail; metrics count them.
/// </summary>
public static class RoutineActivity
{
    /// <summary>The name of the activity source whose spans are not exported.</summary>
    public const string SourceName = "Experiments.Routine";

    /// <summary>Baggage, which is propagated with messages and requests.</summary>
    private const string Key = "experiments.routine";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a new trace. The caller disposes of it.</summary>
    /// <returns>Null when nothing listens.</returns>
    public static Activity? Start(string name)
    {
        Activity.Current = null;
        Activity? activity = Source.StartActivity(name);
        activity?.Mark();
        return activity;
    }

    /// <summary>Marks a new activity and all its children as routine.</summary>
    internal static void Mark(this Activity activity) => activity.AddBaggage(Key, "1");

    internal static bool IsRoutine(this Activity activity) => activity.GetBaggageItem(Key) is not null;
}
