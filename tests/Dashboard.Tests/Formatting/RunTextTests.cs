using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class RunTextTests
{
    [Theory]
    [InlineData("null", "auto")]
    [InlineData("0.0003", "0.0003")]
    [InlineData("\"adam\"", "adam")]
    [InlineData("true", "yes")]
    [InlineData("""{"name":"digits","limit":300}""", "digits · limit 300")]
    [InlineData("""{"name":"digits","validationFraction":0.25}""", "digits · validation share 25 %")]
    [InlineData("""{"name":"imagefolder","path":"/x","skipCorrupt":true}""", "imagefolder · path /x · without unreadable images")]
    public void Value_AnyJson_ReadsWell(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, RunText.Value(document.RootElement));
    }

    [Theory]
    [InlineData("augmentation", """[{"randomCrop":{"padding":2}},{"horizontalFlip":{"probability":0.5}}]""", "randomCrop(padding 2) · horizontalFlip")]
    [InlineData("augmentation", "\"standard\"", "standard")]
    [InlineData("schedulerMilestones", "[10,20]", "[10, 20]")]
    public void Value_ListOfAHyperparameter_ReadsWell(string key, string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, RunText.Value(key, document.RootElement));
    }

    [Fact]
    public void Trained_RetriedAnHourLater_IsWhatTheAttemptsTookAndNotTheWaiting()
    {
        RunView run = Samples.Run(1) with { StartedAt = Samples.Time, FinishedAt = Samples.Time.AddMinutes(85), TrainedSeconds = 25 };

        Assert.Equal(TimeSpan.FromSeconds(25), RunText.Trained(run, Samples.Time.AddDays(1)));
        Assert.Equal(TimeSpan.FromMinutes(85), RunText.WallTime(run, Samples.Time.AddDays(1)));
    }

    [Fact]
    public void Trained_WhileAnAttemptTrains_GrowsByWhatItHasTaken() => Assert.Equal(
        TimeSpan.FromSeconds(35),
        RunText.Trained(Samples.Run(1) with { StartedAt = Samples.Time, TrainedSeconds = 25, TrainingSince = Samples.Time.AddHours(1) }, Samples.Time.AddHours(1).AddSeconds(10)));

    [Fact]
    public void Trained_BeforeTheFirstAttempt_IsNothing() => Assert.Null(RunText.Trained(Samples.Run(1), Samples.Time));

    [Fact]
    public void Title_NamedRun_HasItsName() =>
        Assert.Equal("#3 baseline · small_cnn", RunText.Title(Samples.Run(3) with { Name = "baseline" }, ["model"]));

    [Fact]
    public void Title_Abbreviation_StaysAsItIs() => Assert.StartsWith("EMA decay ", RunText.Named("emaDecay", "0.99"), StringComparison.Ordinal);

    [Fact]
    public void Title_Keys_SetsTheRunApart() =>
        Assert.Equal("#3 · small_cnn · learning rate 0.001", RunText.Title(Samples.Run(3), ["model", "learningRate"]));
}
