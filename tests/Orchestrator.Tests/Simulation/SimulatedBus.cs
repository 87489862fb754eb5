using System.Reflection;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The few members of MassTransit's bus that the life of runs needs.</summary>
internal class SimulatedBus : DispatchProxy
{
    private Func<object, Task> _sendAsync = _ => Task.CompletedTask;

    /// <param name="sendAsync">Receives tickets, marks and stop notices; completes with the broker's confirmation.</param>
    public static T Create<T>(Func<object, Task> sendAsync)
        where T : class
    {
        T proxy = Create<T, SimulatedBus>();
        ((SimulatedBus)(object)proxy)._sendAsync = sendAsync;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod?.Name, args) switch
    {
        (nameof(IBus.GetSendEndpoint), _) => Task.FromResult(Create<ISendEndpoint>(_sendAsync)),
        ("Send", [RunTicket ticket, ..]) => _sendAsync(ticket),
        ("Send", [ReportMark mark, ..]) => _sendAsync(mark),
        ("Publish", [StopAttempt notice, ..]) => _sendAsync(notice),
        _ => throw new NotSupportedException($"the simulation has no {targetMethod}"),
    };
}
