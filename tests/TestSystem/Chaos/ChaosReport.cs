using System.Globalization;
using System.Text;
using Experiments.Contracts.Runs;

namespace Experiments.TestSystem.Chaos;

/// <summary>Formats the outcome of a chaos run as a section of a Markdown document, also readable in a terminal.</summary>
public static class ChaosReport
{
    public static string Of(ChaosOutcome outcome)
    {
        var text = new StringBuilder();
        ChaosOptions options = outcome.Options;
        Line(text, $"## {outcome.Injections.Count} faults, {outcome.Options.Workers} workers, seed {options.Seed}");
        Line(text, $"");
        Line(text, $"`dotnet run -c Release --project benchmarks -- chaos {options.Faults} --seed {options.Seed} --workers {options.Workers}`");
        Line(text, $"");
        Line(text, $"Leases of {options.LeaseSeconds:0.#} s, RabbitMQ's `consumer_timeout` at {options.ConsumerTimeout.TotalSeconds:0} s, a fault every {outcome.Took.TotalSeconds / Math.Max(1, outcome.Injections.Count):0.0} s over {outcome.Took.TotalMinutes:0.0} minutes.");
        Faults(text, outcome);
        Attempts(text, outcome);
        Noticing(text, outcome);
        Verdict(text, outcome);
        return text.ToString();
    }

    private static void Faults(StringBuilder text, ChaosOutcome outcome)
    {
        Header(text, "fault", "times");
        foreach (IGrouping<FaultKind, Injection> kind in outcome.Injections.GroupBy(injection => injection.Fault.Kind).OrderBy(kind => kind.Key))
        {
            Row(text, FaultKinds.Describe(kind.Key), kind.Count());
        }
    }

    private static void Attempts(StringBuilder text, ChaosOutcome outcome)
    {
        RunRecord[] runs = [.. outcome.Disturbed.SelectMany(sweep => sweep.Runs)];
        AttemptRecord[] attempts = [.. runs.SelectMany(run => run.Attempts)];
        Header(text, "", "with faults");
        Row(text, "cells", runs.Length);
        Row(text, "of them completed", runs.Count(run => run.Status == RunStatus.Completed));
        Row(text, "epochs", runs.Sum(run => run.Epochs));
        Row(text, "of them trained by another run, for runs that share them", outcome.Disturbed.SelectMany(sweep => sweep.Runs).Sum(run => run.SharedEpochs));
        Row(text, "attempts", attempts.Length);
        foreach (IGrouping<AttemptOutcome?, AttemptRecord> ended in attempts.GroupBy(attempt => attempt.Outcome).OrderBy(ended => ended.Key))
        {
            Row(text, $"attempts that ended {Words(ended.Key)}", ended.Count());
        }

        Row(text, "most attempts of one run", runs.Select(run => run.Attempts.Count).DefaultIfEmpty().Max());
        Row(text, "longest attempt of the sweeps without faults", Seconds(LongestAttempt(outcome)));
        Row(text, "deliveries that RabbitMQ requeued as held too long", outcome.HeldTooLong);
    }

    private static void Noticing(StringBuilder text, ChaosOutcome outcome)
    {
        TimeSpan[] all = [.. outcome.Losses.Where(loss => loss.Noticed is not null).Select(loss => loss.Noticed!.Value)];
        TimeSpan[] heard = [.. outcome.Losses.Where(loss => loss is { Noticed: not null, WasDeaf: false }).Select(loss => loss.Noticed!.Value)];
        Header(text, "time to detect a lost worker", "median", "worst", "times");
        Row(text, "while Orchestrator and RabbitMQ are up", Seconds(Losses.Median(heard)), Seconds(heard.DefaultIfEmpty().Max()), heard.Length);
        Row(text, "with outages of either, during which no lease ends", Seconds(Losses.Median(all)), Seconds(all.DefaultIfEmpty().Max()), all.Length);
        Line(text, $"");
        Line(text, $"Leases that ended although their worker had no fault: {outcome.Losses.Count(loss => loss.Noticed is null)}.");
    }

    private static void Verdict(StringBuilder text, ChaosOutcome outcome)
    {
        int Count(WrongKind kind) => outcome.Wrongs.Count(wrong => wrong.Kind == kind);
        Line(text, $"");
        Line(text, $"**{Count(WrongKind.Lost)} lost, {Count(WrongKind.Duplicated)} duplicated, {Count(WrongKind.Differing)} differing**, and {outcome.Problems.Count} other problems, by the API, the databases and the SHA-256 of the weights.");
        foreach (string complaint in outcome.Complaints)
        {
            Line(text, $"- {complaint}");
        }
    }

    private static TimeSpan? LongestAttempt(ChaosOutcome outcome) => outcome.Undisturbed
        .SelectMany(sweep => sweep.Runs)
        .SelectMany(run => run.Attempts)
        .Select(attempt => attempt.EndedAt - attempt.StartedAt)
        .Max();

    private static string Words(AttemptOutcome? outcome) => outcome switch
    {
        AttemptOutcome.Completed => "with the run completed",
        AttemptOutcome.HandedBack => "with the run handed back",
        AttemptOutcome.Lost => "lost",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Cancelled => "cancelled",
        _ => "not at all",
    };

    private static string Seconds(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : "";

    private static void Header(StringBuilder text, params string[] cells)
    {
        Line(text, $"");
        Row(text, [.. cells]);
        Line(text, $"|{string.Concat(cells.Select((_, i) => i == 0 ? "---|" : "---:|"))}");
    }

    private static void Row(StringBuilder text, params object[] cells) =>
        Line(text, $"| {string.Join(" | ", cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)))} |");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
