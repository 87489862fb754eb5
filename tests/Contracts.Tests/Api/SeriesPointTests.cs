using System.Text.Json;
using Experiments.Contracts.Api;

namespace Experiments.Contracts.Tests.Api;

public sealed class SeriesPointTests
{
    private static readonly SeriesPoint Point = new(3, 0.5, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void Serialize_IsAnArrayOfStepValueTime() =>
        Assert.Equal("""[3,0.5,"2026-01-02T03:04:05Z"]""", JsonSerializer.Serialize(Point, ContractJson.Options));

    [Fact]
    public void Deserialize_WhatWasWritten_IsEqual() =>
        Assert.Equal(Point, JsonSerializer.Deserialize<SeriesPoint>(JsonSerializer.Serialize(Point, ContractJson.Options), ContractJson.Options));

    [Fact]
    public void Serialize_WithoutATime_LeavesItOut()
    {
        string json = JsonSerializer.Serialize(Point with { Time = default }, ContractJson.Options);

        Assert.Equal("[3,0.5]", json);
        Assert.Equal(Point with { Time = default }, JsonSerializer.Deserialize<SeriesPoint>(json, ContractJson.Options));
    }

    [Fact]
    public void Serialize_WithItsAttempt_IsTheFourthElement()
    {
        Assert.Equal("""[3,0.5,"2026-01-02T03:04:05Z",2]""", JsonSerializer.Serialize(Point with { Attempt = 2 }, ContractJson.Options));
        Assert.Equal("[3,0.5,null,2]", JsonSerializer.Serialize(Point with { Attempt = 2, Time = default }, ContractJson.Options));
        Assert.Equal(new SeriesPoint(3, 0.5, default, 2), JsonSerializer.Deserialize<SeriesPoint>("[3,0.5,null,2]", ContractJson.Options));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[1,2,"2026-01-02T03:04:05Z",4,5]""")]
    public void Deserialize_SomethingElse_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SeriesPoint>(json, ContractJson.Options));
}
