using System.Text.Json;

namespace Experiments.Contracts.Tests;

public sealed class UtcTimeConverterTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05+00:00")]
    [InlineData("2026-01-02T05:04:05+02:00")]
    [InlineData("2026-01-02T03:04:05Z")]
    public void Times_AnyOffset_AreWrittenInUtc(string time) =>
        Assert.Equal(
            "\"2026-01-02T03:04:05Z\"",
            JsonSerializer.Serialize(JsonSerializer.Deserialize<DateTimeOffset>($"\"{time}\"", ContractJson.Options), ContractJson.Options));
}
