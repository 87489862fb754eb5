using System.Threading.Channels;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>A test double of a remote store: published files arrive when the test says so.</summary>
internal sealed class ScriptedStore(string root) : IArtifactStore
{
    private readonly Channel<Shipment> _shipments = Channel.CreateUnbounded<Shipment>();

    /// <summary>The behavior of fetching files to resume from.</summary>
    public Func<CancellationToken, Task> Fetching { get; set; } = _ => Task.CompletedTask;

    /// <summary>All files arrive immediately from now on: a stopping worker waits for its files.</summary>
    public bool IsNear { get; set; }

    /// <summary>The next awaited publication.</summary>
    public Task<Shipment> NextAsync() =>
        _shipments.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(OrchestratorDouble.TestTimeout, TestContext.Current.CancellationToken);

    public async Task<IAttemptFiles> OpenAttemptAsync(AttemptOpening opening, CancellationToken cancellationToken)
    {
        await Fetching(cancellationToken);
        return new Files(this, Directory.CreateDirectory(Path.Combine(root, opening.RunId, $"{opening.Attempt}")).FullName);
    }

    public Task<string?> FetchAsync(string runId, int attempt, string name, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<string?> FetchResultAsync(string runId, string name, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Files in transit, with their content when they were captured.</summary>
    internal sealed class Shipment(IReadOnlyDictionary<string, string> contents)
    {
        private readonly TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyDictionary<string, string> Contents { get; } = contents;

        public Task Arrival => _arrival.Task;

        public void Arrive() => _arrival.SetResult();

        public void Refuse(Exception exception) => _arrival.SetException(exception);
    }

    private sealed class Files(ScriptedStore store, string folder) : IAttemptFiles
    {
        public string Folder => folder;

        public string? ResumeFolder => null;

        public IPublication Capture(IReadOnlyList<string> names) => new Publication(store, new Shipment(
            names.Where(name => File.Exists(Path.Combine(folder, name))).ToDictionary(name => name, name => File.ReadAllText(Path.Combine(folder, name)))));

        public void Dispose()
        {
        }
    }

    private sealed class Publication(ScriptedStore store, Shipment shipment) : IPublication
    {
        public Task PublishAsync(CancellationToken cancellationToken)
        {
            if (store.IsNear)
            {
                return Task.CompletedTask;
            }

            store._shipments.Writer.TryWrite(shipment);
            return shipment.Arrival.WaitAsync(cancellationToken);
        }

        public void Dispose()
        {
        }
    }
}
