using System.Diagnostics;
using Bunit;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Housekeeping;
using Experiments.Dashboard.Live;
using Experiments.ServiceDefaults.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Experiments.Dashboard.Tests;

/// <summary>Renders components against a stubbed Orchestrator, with a clock that tests advance.</summary>
public abstract class DashboardContext : BunitContext
{
    protected DashboardContext()
    {
        // A limit for failing tests only.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new OrchestratorClient(new HttpClient(Orchestrator) { BaseAddress = new Uri("http://orchestrator") }));
        Services.AddScoped<Housekeeper>();
        Services.AddSingleton<IMetricStream, SilentStream>();
        Services.TryAddSingleton<IHostApplicationLifetime, NeverStarted>();
        Services.AddSingleton<ChangeListener>();
        Services.AddSingleton<LiveMetrics>();
    }

    internal StubOrchestrator Orchestrator { get; } = new();

    protected FakeTimeProvider Clock { get; } = new(Samples.Time);

    /// <summary>
    /// Advances the clock until the assertion holds. One step is not enough for throttled actions, since the start of their wait is unknown.
    /// </summary>
    protected async Task AdvanceUntilAsync(Action assertion)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                assertion();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(start) < DefaultWaitTimeout)
            {
                await Task.Delay(20, Xunit.TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Runs on the renderer's thread, so that nothing is rendered between finding an element and raising its event.</summary>
    protected static void Act<T>(IRenderedComponent<T> page, Action action)
        where T : Microsoft.AspNetCore.Components.IComponent => page.InvokeAsync(action).GetAwaiter().GetResult();

    private sealed class NeverStarted : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication()
        {
        }
    }
}
