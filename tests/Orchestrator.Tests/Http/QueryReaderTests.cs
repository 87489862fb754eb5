using System.ComponentModel.DataAnnotations;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Experiments.Orchestrator.Tests.Http;

public sealed class QueryReaderTests
{
    [Fact]
    public void Read_NothingGiven_HasTheDefaults()
    {
        Sample sample = Read("?text=&take=&flag=");

        sample.ThrowIfInvalid();
        Assert.Equal((null, 7, null, true, 0), (sample.Text, sample.Take, sample.Status, sample.Flag, sample.Names.Values.Count));
    }

    [Fact]
    public void Read_EveryType_ReadsIt()
    {
        Sample sample = Read("?text=a&text=b&take=3&status=RUNNING&flag=False&names=x,y&names=y,%20z");

        sample.ThrowIfInvalid();
        Assert.Equal(("b", 3, RunStatus.Running, false), (sample.Text, sample.Take, sample.Status, sample.Flag));
        Assert.Equal(["x", "y", "z"], sample.Names.Values);
        Assert.Equal("y, z", sample.Names.Last);
    }

    [Theory]
    [InlineData("take=11", "take", "not allowed: \"11\"; allowed: a whole number from 1 to 10")]
    [InlineData("take=1.5", "take", "not allowed: \"1.5\"; allowed: a whole number from 1 to 10")]
    [InlineData("flag=yes", "flag", "not allowed: \"yes\"; allowed: true or false")]
    [InlineData("status=2", "status", "unknown value: \"2\"; allowed: pending, queued, running, completed, failed, cancelled, paused, stopped")]
    public void Read_BadValue_IsQuotedWithWhatIsAllowed(string query, string name, string problem) =>
        Assert.Equal([problem], Assert.Throws<ApiException>(Read($"?{query}").ThrowIfInvalid).Errors[name]);

    [Fact]
    public void Read_SeveralBadValues_ReportsAll() =>
        Assert.Equal(["flag", "take"], Assert.Throws<ApiException>(Read("?take=x&flag=x").ThrowIfInvalid).Errors.Keys.Order(StringComparer.Ordinal));

    private static Sample Read(string query) => QueryReader.Read<Sample>(new QueryCollection(QueryHelpers.ParseQuery(query)));

    private sealed class Sample : QueryParameters
    {
        public string? Text { get; init; }

        [Range(1, 10)]
        public int Take { get; init; } = 7;

        public RunStatus? Status { get; init; }

        public bool Flag { get; init; } = true;

        public TextList Names { get; init; } = TextList.None;
    }
}
