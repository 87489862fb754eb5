namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The checkpoints of attempts, reduced to their number of finished epochs.</summary>
internal sealed class SharedFolder
{
    private readonly Dictionary<(string RunId, int Attempt), int> _epochs = [];

    public void Save(string runId, int attempt, int epochs) => _epochs[(runId, attempt)] = epochs;

    public bool Has(string runId, int attempt) => _epochs.ContainsKey((runId, attempt));

    public int Load(string runId, int attempt) => _epochs[(runId, attempt)];
}
