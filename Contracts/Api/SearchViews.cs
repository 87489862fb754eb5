namespace Experiments.Contracts.Api;

/// <summary>How the runs of a sweep are proposed and how long each is trained.</summary>
public sealed record SearchView
{
    /// <summary>The sampler of the sweep file: <c>grid</c>, <c>random</c>, <c>quasirandom</c> or <c>tpe</c>.</summary>
    public required string Sampler { get; init; }

    /// <summary>The stopping rule of the sweep file: <c>none</c>, <c>median</c>, <c>asha</c> or <c>hyperband</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The epochs at which the stopping rule decides, at most 16: some of a rule that decides after every epoch. Empty without a rule.</summary>
    public required IReadOnlyList<SearchRung> Rungs { get; init; }

    /// <summary>
    /// What was decided while the sweep ran, in order: proposals of a sampler that learns from results, and decisions of the stopping rule and of users about
    /// how long runs are trained.
    /// </summary>
    public required IReadOnlyList<SearchDecision> Decisions { get; init; }

    /// <summary>The number of runs that are still to be proposed.</summary>
    public int ToCome { get; init; }

    /// <summary>What is trained next.</summary>
    public required SearchNext Next { get; init; }
}

/// <summary>What the search of a sweep wants next.</summary>
/// <param name="Running">The number of runs that are being trained.</param>
/// <param name="Waiting">The number of runs that wait for their first epoch.</param>
/// <param name="Continuing">The number of runs that wait to continue after finished epochs.</param>
/// <param name="Promotions">The first of those, in the order in which workers get them: before runs that wait for their first epoch.</param>
public sealed record SearchNext(int Running, int Waiting, int Continuing, IReadOnlyList<SearchPromotion> Promotions);

/// <summary>A run that waits to continue.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Cell">Its number.</param>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Until">The epoch at which the stopping rule decides about it again, or its last one.</param>
public sealed record SearchPromotion(string RunId, int Cell, int Epoch, int Until);

/// <summary>An epoch at which a stopping rule decides.</summary>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Reached">The number of runs that have reached it.</param>
/// <param name="Promoted">The number of them that were trained further, or will be.</param>
/// <param name="Paused">The number of runs that are paused there.</param>
/// <param name="Stopped">The number of runs that are stopped there.</param>
public sealed record SearchRung(int Epoch, int Reached, int Promoted, int Paused, int Stopped);

/// <summary>A decision of a search.</summary>
/// <param name="Time">When it was taken (UTC).</param>
/// <param name="RunId">The run concerned.</param>
/// <param name="Cell">Its number.</param>
/// <param name="Action">
/// <c>create</c>: the run was proposed. <c>continue</c>: it trains past a rung. <c>pause</c>: it waits at a rung. <c>promote</c>: it continues after a pause or
/// a stop. <c>stop</c>: it ends early.
/// </param>
/// <param name="Reason">What it was based on.</param>
public sealed record SearchDecision(DateTimeOffset Time, string RunId, int Cell, string Action, string Reason);
