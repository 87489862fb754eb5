using Experiments.AppHost.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.AppHost.Commands;

/// <summary>Adds and removes workers while everything runs.</summary>
internal static class ScalingCommands
{
    public const string Add = "add-worker";
    public const string Remove = "remove-worker";

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

    private static Task<ExecuteCommandResult> AddAsync(WorkerGroup group, ExecuteCommandContext context) => ExecuteAsync(
        group.Workers.FirstOrDefault(worker => !IsUp(worker, context)),
        KnownResourceCommands.StartCommand,
        context,
        "All workers run already; start with a larger Workers:Spare to have more to add.");

    private static Task<ExecuteCommandResult> RemoveAsync(WorkerGroup group, ExecuteCommandContext context) => ExecuteAsync(
        group.Workers.LastOrDefault(worker => IsUp(worker, context)),
        KnownResourceCommands.StopCommand,
        context,
        "No worker runs.");

    private static async Task<ExecuteCommandResult> ExecuteAsync(ProjectResource? worker, string command, ExecuteCommandContext context, string none) =>
        worker is null
            ? CommandResults.Failure(none)
            : await context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(worker, command, context.CancellationToken);

    private static bool IsUp(ProjectResource worker, ExecuteCommandContext context) =>
        context.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(worker.Name, out ResourceEvent? state)
        && state.Snapshot.State?.Text is { } text
        && text != KnownResourceStates.NotStarted
        && !KnownResourceStates.TerminalStates.Contains(text);
}
