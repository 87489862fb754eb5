using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Workers;

/// <summary>Explains why no worker takes a waiting run, and what to do about it. Pure.</summary>
internal static class WorkerShortage
{
    private const string Start = "waits for a worker: ";

    /// <param name="workers">All known workers.</param>
    /// <returns>Null when a worker is idle, and so gets the run within moments.</returns>
    public static SweepWait? Explain(IReadOnlyList<WorkerView> workers)
    {
        WorkerView[] connected = [.. workers.Where(worker => worker.State != WorkerState.Lost)];
        WorkerView[] unwilling = [.. connected.Where(worker => worker.State is WorkerState.SetAside or WorkerState.Draining)];
        return connected.Length == 0 ? ExplainAbsence(workers)
            : unwilling.Length == connected.Length ? new SweepWait(WaitReason.WorkersTakeNoRuns, Start + ExplainUnwilling(unwilling))
            : connected.Any(worker => worker.State == WorkerState.Idle) ? null
            : new SweepWait(WaitReason.WorkersBusy, $"{Start}{ExplainBusy(connected.Length - unwilling.Length)}. It gets the next one that is free; more workers train more runs at a time");
    }

    private static SweepWait ExplainAbsence(IReadOnlyList<WorkerView> workers)
    {
        if (workers.Count == 0)
        {
            return new SweepWait(WaitReason.NoWorker, Start + "none is connected. Start one that uses the same message broker; if one should be there, its log says why it is not");
        }

        WorkerView last = workers.MaxBy(worker => worker.LastSeen)!;
        string seen = last.LastSeen.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new SweepWait(
            WaitReason.WorkersLost,
            $"{Start}none is connected. {last.Id} sent its last heartbeat at {seen} UTC: check its process and its network, or start another worker");
    }

    private static string ExplainUnwilling(WorkerView[] workers)
    {
        WorkerView[] setAside = [.. workers.Where(worker => worker.State == WorkerState.SetAside)];
        return setAside switch
        {
            [] => $"{Those(workers.Length)} draining. Readmit one on the Workers page, or start another",
            [var first, ..] when setAside.Length == workers.Length =>
                $"{Those(workers.Length)} set aside, {first.Id} because {first.Reason}. Fix the cause, then readmit it on the Workers page",
            [var first, ..] =>
                $"{setAside.Length} set aside ({first.Id} because {first.Reason}) and {workers.Length - setAside.Length} draining, and there are no others. Readmit one on the Workers page",
        };
    }

    private static string ExplainBusy(int workers) => workers == 1 ? "the only one is busy with another run" : $"all {workers} are busy with other runs";

    private static string Those(int workers) => workers == 1 ? "the only one that is connected is" : $"all {workers} that are connected are";
}
