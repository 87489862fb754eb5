using System.Collections.Concurrent;
using Experiments.Contracts;
using Experiments.Contracts.Workers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>The worker's side of requests about models.</summary>
public sealed class ModelAnswers
{
    public ConcurrentQueue<object> Questions { get; } = [];

    public Func<object, object> Answer { get; set; } = _ => throw new InvalidOperationException("no answer is prepared");

    public void AddTo(IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton(this);
        bus.AddConsumer<Consumer>().Endpoint(endpoint => endpoint.Name = QueueNames.ModelRequests);
    }

    internal sealed class Consumer(ModelAnswers answers) : IConsumer<PredictImage>, IConsumer<DescribeModel>
    {
        public Task Consume(ConsumeContext<PredictImage> context) => RespondAsync(context, context.Message);

        public Task Consume(ConsumeContext<DescribeModel> context) => RespondAsync(context, context.Message);

        private Task RespondAsync(ConsumeContext context, object question)
        {
            answers.Questions.Enqueue(question);
            object answer = answers.Answer(question);
            return context.RespondAsync(answer, answer.GetType());
        }
    }
}
