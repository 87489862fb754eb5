namespace Experiments.Contracts;

/// <summary>The queues that services agree on.</summary>
public static class QueueNames
{
    /// <summary>One ticket per waiting run; competing workers.</summary>
    public const string RunTickets = "run-tickets";

    /// <summary>Claims and heartbeats, answered by the Orchestrator.</summary>
    public const string Leases = "leases";

    /// <summary>Reports of attempts; durable, read by the Orchestrator in order.</summary>
    public const string RunEvents = "run-events";

    /// <summary>Log lines of attempts. A separate queue, so that no report of an epoch or an end waits behind log lines.</summary>
    public const string RunLogs = "run-logs";

    /// <summary>Questions of workers about the files that a run's key covers, answered by the Orchestrator.</summary>
    public const string RunInputs = "run-inputs";

    /// <summary>Requests to show augmented images, answered by the first available worker, busy or not.</summary>
    public const string AugmentationPreviews = "augmentation-previews";

    /// <summary>Questions about models, answered by the first available worker; losing one does no harm.</summary>
    public const string ModelRequests = "model-requests";

    /// <summary>Questions about data sets, answered by the first available worker.</summary>
    public const string DatasetRequests = "dataset-requests";
}
