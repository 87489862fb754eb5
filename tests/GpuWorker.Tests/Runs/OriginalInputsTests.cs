using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Runs;
using Experiments.GpuWorker.Tests.Downloads;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.GpuWorker.Tests.Runs;

public sealed class OriginalInputsTests
{
    /// <summary>The Orchestrator is reading the files.</summary>
    [Fact]
    public async Task Describe_FilesThatAreStillRead_IsAskedAgainUntilTheirContentIsKnown()
    {
        (InputContent content, Answers answers) = await DescribeAsync([new InputContent(null, null), new InputContent(null, null), new InputContent("abc", null)]);

        Assert.Equal(new InputContent("abc", null), content);
        Assert.Equal(Enumerable.Repeat(new DescribeInput("run-1", RunInput.Weights), 3), answers.Questions);
    }

    [Fact]
    public async Task Describe_ReadingThatDoesNotEnd_IsGivenUp()
    {
        (InputContent content, Answers answers) = await DescribeAsync(Enumerable.Repeat(new InputContent(null, null), OriginalInputs.MostAnswers));

        Assert.Equal(new InputContent(null, "the Orchestrator has not finished reading them for an hour"), content);
        Assert.Equal(OriginalInputs.MostAnswers, answers.Questions.Count);
    }

    private static async Task<(InputContent Content, Answers Answers)> DescribeAsync(IEnumerable<InputContent> known)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var answers = new Answers(known);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(answers);
        builder.AddMessageBus(bus =>
        {
            bus.AddRequestClient<DescribeInput>(MessageAddresses.Exchange(QueueNames.RunInputs));
            bus.AddConsumer<Consumer>().Endpoint(endpoint => endpoint.Name = QueueNames.RunInputs);
        });
        await using WebApplication host = builder.Build();
        await host.Services.GetRequiredService<IBusControl>().StartAsync(cancellationToken);
        var inputs = new OriginalInputs(host.Services.GetRequiredService<IServiceScopeFactory>(), new HurriedTime(), NullLogger<OriginalInputs>.Instance);

        InputContent content = await inputs.DescribeAsync("run-1", RunInput.Weights, cancellationToken).WaitAsync(OrchestratorDouble.TestTimeout, cancellationToken);

        await host.Services.GetRequiredService<IBusControl>().StopAsync(cancellationToken);
        return (content, answers);
    }

    internal sealed class Answers(IEnumerable<InputContent> answers)
    {
        private readonly Queue<InputContent> _answers = new(answers);

        public List<DescribeInput> Questions { get; } = [];

        public InputContent Next(DescribeInput question)
        {
            Questions.Add(question);
            return _answers.Dequeue();
        }
    }

    internal sealed class Consumer(Answers answers) : IConsumer<DescribeInput>
    {
        public Task Consume(ConsumeContext<DescribeInput> context) => context.RespondAsync(answers.Next(context.Message));
    }
}
