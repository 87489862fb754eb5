using Experiments.AppHost.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.AppHost.Commands;

/// <summary>Adds and removes workers while the system runs.</summary>
internal static class ScalingCommands
{
    public const string Add = "add-worker";
    public const string Remove = "remove-worker";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    public static IResourceBuilder<WorkerGroup> WithScalingCommands(this IResourceBuilder<WorkerGroup> group) => group
        .WithCommand(Add, "Add a worker", context => AddAsync(group.Resource, context), new CommandOptions
        {
            Description = "Starts the next worker that does not run. Workers:Spare says how many there are to add.",
            IconName = "Add",
            IsHighlighted = true,
        })
        .WithCommand(Remove, "Remove a worker", context => RemoveAsync(group.Resource, context), new CommandOptions
        {
            Description = "Stops the last worker that runs. It saves a checkpoint and hands its run back first.",
            IconName = "Subtract",
            IsHighlighted = true,
        });

    private static async Task<ExecuteCommandResult> AddAsync(WorkerGroup group, ExecuteCommandContext context)
    {
        if (group.Workers.FirstOrDefault(worker => !IsUp(StateOf(worker, context))) is not { } next)
        {
            return CommandResults.Failure("All workers run already; start with a larger Workers:Spare to have more to add.");
        }

        ExecuteCommandResult result = await ExecuteAsync(next, KnownResourceCommands.StartCommand, context);
        if (result.Success)
        {
            await WaitUntilStartingAsync(next, context);
        }

        return result;
    }

    private static Task<ExecuteCommandResult> RemoveAsync(WorkerGroup group, ExecuteCommandContext context) =>
        group.Workers.LastOrDefault(worker => StateOf(worker, context) is var state && IsUp(state) && state != KnownResourceStates.Stopping) is { } last
            ? ExecuteAsync(last, KnownResourceCommands.StopCommand, context)
            : Task.FromResult(CommandResults.Failure("No worker runs."));

    private static Task<ExecuteCommandResult> ExecuteAsync(ProjectResource worker, string command, ExecuteCommandContext context) =>
        context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(worker, command, context.CancellationToken);

    /// <summary>Waits until the state shows the start, so that a second click starts the next worker and not this one again.</summary>
    private static async Task WaitUntilStartingAsync(ProjectResource worker, ExecuteCommandContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        limit.CancelAfter(StartTimeout);
        try
        {
            await Notifications(context).WaitForResourceAsync(
                worker.Name, state => state.Snapshot.State?.Text is { } text && (IsUp(text) || text == KnownResourceStates.FailedToStart), limit.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The start was requested; its outcome is shown in the worker's row.
        }
    }

    private static string? StateOf(ProjectResource worker, ExecuteCommandContext context) =>
        Notifications(context).TryGetCurrentState(worker.Name, out ResourceEvent? state) ? state.Snapshot.State?.Text : null;

    private static bool IsUp(string? state) => state is not null && state != KnownResourceStates.NotStarted && !KnownResourceStates.TerminalStates.Contains(state);

    private static ResourceNotificationService Notifications(ExecuteCommandContext context) => context.Services.GetRequiredService<ResourceNotificationService>();
}
