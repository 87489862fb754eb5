using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Tests.Search.Stopping;

public sealed class StoppingSettingsTests
{
    [Theory]
    [InlineData("hyper", 27, 1, 3, "not a stopping rule: hyper; write one of none, median, asha, hyperband")]
    [InlineData("asha", 0, 1, 3, "0 epochs; write at least 1")]
    [InlineData("asha", 27, 28, 3, "minEpochs 28 with 27 epochs; write 1 to 27")]
    [InlineData("asha", 27, 0, 3, "minEpochs 0 with 27 epochs; write 1 to 27")]
    [InlineData("asha", 27, 1, 1, "factor 1; write at least 2")]
    public void Create_BadSetting_QuotesItAndSaysWhatToWrite(string rule, int epochs, int minEpochs, int factor, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => StoppingRules.Create(new(rule, epochs) { MinEpochs = minEpochs, Factor = factor })).Message, StringComparison.Ordinal);
}
