namespace Experiments.Dashboard.Api;

/// <summary>The actions on a whole sweep.</summary>
public enum SweepAction
{
    Pause,
    Resume,
    Cancel,
    RetryFailed,
}

internal static class SweepActions
{
    /// <summary>The last segment of the action's address.</summary>
    public static string PathOf(SweepAction action) => action switch
    {
        SweepAction.Pause => "pause",
        SweepAction.Resume => "resume",
        SweepAction.Cancel => "cancel",
        SweepAction.RetryFailed => "retry-failed",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };
}
