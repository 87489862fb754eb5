using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Tests.Storage;

public sealed class EntityIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void New_ManyAtOneTime_AreDifferentAndWellFormed()
    {
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => EntityId.New(Now))];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(EntityId.IsWellFormed(id)));
    }

    [Fact]
    public void New_AtLaterTime_SortsLater() =>
        Assert.True(string.CompareOrdinal(EntityId.New(Now), EntityId.New(Now.AddMilliseconds(1))) < 0);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../etc/passwd12345")]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("0123456789abcdefghijklmnop")]
    public void IsWellFormed_AnythingElse_IsNot(string? text) => Assert.False(EntityId.IsWellFormed(text));
}
