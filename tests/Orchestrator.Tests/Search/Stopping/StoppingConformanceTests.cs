using CsCheck;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Tests.Search.Stopping;

/// <summary>What every stopping rule keeps, over random curves, orders of events, restarts and promotions by hand.</summary>
public sealed class StoppingConformanceTests
{
    public static TheoryData<string> Names => [.. StoppingRules.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_RestoredFromJsonAtAnyPoint_DecidesTheSame(string name) => Sample(name, (story, settings) =>
        Assert.Equal(Play(story, settings, restarts: false).Actions, Play(story, settings, restarts: true).Actions));

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_AnyEvent_ChangesOnlyItsRunAndThoseOfItsActions(string name) => Sample(name, (story, settings) => Play(story, settings, seen: (before, @event, step) =>
    {
        int? own = @event switch
        {
            StoppingEvent.Created created => created.Run,
            StoppingEvent.Reported reported => reported.Run,
            StoppingEvent.Ended ended => ended.Run,
            StoppingEvent.PromotedByHand promoted => promoted.Run,
            _ => null,
        };
        IEnumerable<int> changed = step.State.Runs.Where(run => !ReferenceEquals(run.Value, before.Runs.GetValueOrDefault(run.Key))).Select(run => run.Key);

        Assert.DoesNotContain(changed.Except(step.Actions.Select(action => action.Run)), run => run != own);
    }));

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_SecondReportOfAnEpoch_HasNoEffect(string name) => Sample(name, (story, settings) =>
    {
        IStoppingRule rule = StoppingRules.Create(settings);
        Play(story, settings, seen: (_, @event, step) =>
        {
            if (@event is StoppingEvent.Reported)
            {
                StoppingStep again = rule.Apply(step.State, @event);

                Assert.Empty(again.Actions);
                Assert.Equal(step.State.ToJson(), again.State.ToJson());
            }
        });
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_WholeSweep_TrainsARunToTheEndAndHoldsOrEndsTheOthers(string name) => Sample(name, (story, settings) =>
    {
        SimulatedSweep sweep = Play(story, settings);

        Assert.All(sweep.State.Runs.Values, run => Assert.NotEqual(RunPhase.UnderWay, run.Phase));
        Assert.Contains(settings.Epochs, sweep.Trained.Values);
        Assert.All(sweep.Trained.Values, epochs => Assert.InRange(epochs, settings.MinEpochs, settings.Epochs));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_PromotedToTheEndByHand_IsNeverHeldAgain(string name) => Sample(name, (story, settings) =>
    {
        SimulatedSweep sweep = Play(story, settings);
        foreach (int run in sweep.Held.ToArray())
        {
            sweep.Apply(new StoppingEvent.PromotedByHand(run, Epochs: null));
            Assert.Equal((StoppingDecision.Promote, run), (sweep.Actions[^1].Decision, sweep.Actions[^1].Run));
        }

        sweep.Finish(count => count - 1);
        Assert.All(sweep.Trained.Values, epochs => Assert.Equal(settings.Epochs, epochs));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_RunThatWasNotCreated_IsAnError(string name) =>
        Assert.Throws<InvalidOperationException>(() => StoppingRules.Create(new StoppingSettings(name, 9)).Apply(StoppingState.Initial, new StoppingEvent.Reported(1, 1, 0.5)));

    private static void Sample(string name, Action<Story, StoppingSettings> test) =>
        Gen.Select(Gen.ULong, Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[1, 4], Gen.Int[2, 4], Gen.Bool, Gen.Bool).Sample(
            (seed, runs, epochs, minEpochs, factor, lower, rough) => test(
                new Story(seed, runs, rough),
                new StoppingSettings(name, epochs) { MinEpochs = Math.Min(minEpochs, epochs), Factor = factor, LowerIsBetter = lower }),
            iter: 60);

    private static SimulatedSweep Play(Story story, StoppingSettings settings, bool restarts = false, Action<StoppingState, StoppingEvent, StoppingStep>? seen = null)
    {
        var random = new Random((int)(story.Seed % int.MaxValue));
        var sweep = new SimulatedSweep(StoppingRules.Create(settings), settings.Epochs, story.Value) { Seen = seen };
        int created = 0;
        while (created < story.Runs || sweep.UnderWay.Count > 0)
        {
            int kind = random.Next(20);
            if (restarts)
            {
                sweep.Restart();
            }

            if (created < story.Runs && (sweep.UnderWay.Count == 0 || kind < 3))
            {
                sweep.Create(++created);
            }
            else if (kind == 3 && sweep.Held.Any())
            {
                sweep.Apply(new StoppingEvent.PromotedByHand(sweep.Held.First(), Epochs: random.Next(2) == 0 ? null : random.Next(1, settings.Epochs + 1)));
            }
            else if (sweep.UnderWay.Count > 0)
            {
                sweep.Train(sweep.UnderWay.ElementAt(random.Next(sweep.UnderWay.Count)));
            }
        }

        sweep.Finish(random.Next);
        return sweep;
    }

    private sealed record Story(ulong Seed, int Runs, bool IsRough)
    {
        /// <summary>A curve with noise; a rough one has equal values and values that are not numbers.</summary>
        public double Value(int run, int epoch)
        {
            var random = new Random(HashCode.Combine(Seed, run));
            double end = random.NextDouble();
            double value = (end * (1 - Math.Exp(-epoch / 5.0))) + (0.1 * new Random(HashCode.Combine(Seed, run, epoch)).NextDouble());
            return !IsRough ? value : end < 0.1 ? double.NaN : Math.Round(value, 1);
        }
    }
}
