using System.Diagnostics;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>
/// Marks what happens all the time and that no user asked for: heartbeats, polls, reads. Everything within it, in other processes too, is left out of
/// traces unless it fails; metrics count it.
/// </summary>
public static class RoutineActivity
{
    /// <summary>The name of the activity source whose spans are not exported.</summary>
    public const string SourceName = "Experiments.Routine";

    /// <summary>Baggage, which travels along with messages and requests.</summary>
    private const string Key = "experiments.routine";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a trace of its own. The caller disposes of it.</summary>
    /// <returns>Null when nothing listens.</returns>
    public static Activity? Start(string name)
    {
        Activity.Current = null;
        Activity? activity = Source.StartActivity(name);
        activity?.Mark();
        return activity;
    }

    /// <summary>Makes an activity that has just begun a routine one, with everything that it leads to.</summary>
    internal static void Mark(this Activity activity) => activity.AddBaggage(Key, "1");

    internal static bool IsRoutine(this Activity activity) => activity.GetBaggageItem(Key) is not null;
}
