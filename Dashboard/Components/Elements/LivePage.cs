using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>
/// A page that reads from the Orchestrator, reloads when shown data changes, and keeps working while the Orchestrator is unreachable.
/// </summary>
public abstract class LivePage : OrchestratorComponent
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _loading = new(1);
    private IDisposable? _subscription;
    private ITimer? _ticks;
    private PageAddress? _address;

    /// <summary>False until the first load succeeded.</summary>
    public bool HasLoaded { get; private set; }

    /// <summary>Why the last load failed; null when it did not.</summary>
    public OrchestratorException? Problem { get; private set; }

    [Inject]
    protected ChangeListener Changes { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    private PageAddress Address => _address ??= new PageAddress(Navigation);

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The least time between two reloads; changes within it are shown together.</summary>
    protected virtual TimeSpan ReloadInterval => TimeSpan.FromSeconds(1);

    public override Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        Address.Hear();
        ShowChosen();
        return base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reloads and renders the page.</summary>
    public Task ReloadAsync() => LoadAsync(LoadAsync);

    /// <summary>Reads and renders like <see cref="ReloadAsync"/>, and never at the same time.</summary>
    protected async Task LoadAsync(Func<CancellationToken, Task> load)
    {
        try
        {
            await _loading.WaitAsync(Closing);
            try
            {
                await load(Closing);
                HasLoaded = true;
                Problem = null;
            }
            catch (OrchestratorException problem)
            {
                Problem = problem;
            }
            finally
            {
                _loading.Release();
            }

            StateHasChanged();
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The user left the page while it was loading.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        if (_ticks is not null)
        {
            await _ticks.DisposeAsync();
        }

        // The semaphore is left to the garbage collector: a load that is being cancelled still releases it.
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what the page shows. Never runs concurrently.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Whether the page shows what changed.</summary>
    protected abstract bool Concerns(ChangeEvent change);

    /// <summary>Puts choices into the address, see <see cref="PageAddress.Change"/>, and shows them immediately.</summary>
    protected void Go(params IEnumerable<(string Key, object? Value)> changes)
    {
        Address.Change(changes);
        ShowChosen();
        StateHasChanged();
    }

    /// <summary>Discards the loaded data, since the address now names something else.</summary>
    protected void Forget()
    {
        HasLoaded = false;
        Problem = null;
    }

    protected override void OnInitialized()
    {
        Throttler reloads = Throttle(ReloadInterval, ReloadAsync);
        _subscription = Changes.Subscribe(change =>
        {
            if (change is null || Concerns(change))
            {
                reloads.Request();
            }
        });

        // Keeps texts such as "5 s ago" up to date.
        Throttler redraws = Throttle(TickInterval, () => InvokeAsync(StateHasChanged));
        _ticks = Clock.CreateTimer(_ => redraws.Request(), null, TickInterval, TickInterval);
    }

    protected override Task OnParametersSetAsync() => ReloadAsync();

    private void ShowChosen()
    {
        if (Address.Chosen is { } chosen)
        {
            QueryProperties.Set(this, chosen);
        }
    }
}
