using Experiments.Orchestrator.Control;

namespace Experiments.Orchestrator.Tests.Control;

public sealed class TagEditTests
{
    [Theory]
    [InlineData("a b", "c", "", "a b c")]
    [InlineData("a b", "b", "", "a b")]
    [InlineData("a b", "", "a x", "b")]
    [InlineData("a b", "a", "a", "b a")]
    public void Apply_AddAndRemove_KeepsTheOrderAndNoDuplicates(string tags, string add, string remove, string expected) =>
        Assert.Equal(expected, string.Join(' ', new TagEdit(Words(add), Words(remove)).Apply(Words(tags))));

    [Fact]
    public void WhyNot_TooManyTags_SaysHowManyAreAllowed()
    {
        string[] many = [.. Enumerable.Range(1, 50).Select(number => $"t{number}")];

        Assert.Equal("it would have 51 tags; allowed: at most 50", new TagEdit(["new"], []).WhyNot(many));
        Assert.Null(new TagEdit(["new"], ["t1"]).WhyNot(many));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
