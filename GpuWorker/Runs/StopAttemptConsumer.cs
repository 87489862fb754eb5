using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Stops the current attempt when the Orchestrator requests it, without waiting for the next heartbeat.</summary>
internal sealed class StopAttemptConsumer(AttemptSlot slot) : IConsumer<StopAttempt>
{
    public Task Consume(ConsumeContext<StopAttempt> context)
    {
        slot.Apply(context.Message.RunId, context.Message.Attempt, context.Message.Directive);
        return Task.CompletedTask;
    }
}
