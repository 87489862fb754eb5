using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Filters;

namespace Experiments.Dashboard.Tests.Filters;

public sealed class FilterCompletionTests
{
    private static readonly FilterVocabulary Vocabulary = new(Samples.Sweep(), new RunNames(["custom/metric", "validation/accuracy"], ["good", "two words"]) { Workers = ["host-1"] });

    [Theory]
    [InlineData("|", "model learningRate validation/accuracy")]
    [InlineData("lr|", "learningRate")]
    [InlineData("acc|", "validation/accuracy")]
    [InlineData("bs|", "batchSize")]
    [InlineData("cust|", "custom/metric")]
    [InlineData("learn|ingRa", "learningRate")]
    [InlineData("model = resnet18 or (se|", "seed")]
    [InlineData("seed = 1 wei|", "weightDecay")]
    [InlineData("not sta|", "status startedAt")]
    [InlineData("lr |", "= != > >= < <= in ~")]
    [InlineData("model |", "= != in ~")]
    [InlineData("model i|", "in")]
    [InlineData("model in |", "(")]
    [InlineData("model = |", "small_cnn resnet18")]
    [InlineData("model=res|", "resnet18 resnet34")]
    [InlineData("lr > |", "0.001 0.0003")]
    [InlineData("epochs = |", "5")]
    [InlineData("batchSize = |", "64")]
    [InlineData("model in (|", "small_cnn resnet18")]
    [InlineData("model in (resnet18, sm|", "small_cnn")]
    [InlineData("model in (resnet18 |", ", )")]
    [InlineData("tag = |", "good 'two words'")]
    [InlineData("tag = 'two w|", "'two words'")]
    [InlineData("status != fa|", "failed")]
    [InlineData("worker = |", "host-1")]
    [InlineData("freezeBatchNorm = |", "true false")]
    [InlineData("createdAt > |", "2026-03-01")]
    [InlineData("seed = 1 |", "and or")]
    [InlineData("baseline |", "and or")]
    [InlineData("seed in (1, 2) |", "and or")]
    [InlineData("model = nothing_like_this|", "")]
    public void At_Caret_BeginsWithWhatCanStandThere(string filter, string labels)
    {
        int caret = filter.IndexOf('|', StringComparison.Ordinal);

        IEnumerable<string> found = FilterCompletion.At(filter.Remove(caret, 1), caret, Vocabulary).Select(suggestion => suggestion.Label);

        string[] expected = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(labels, string.Join(' ', labels.Contains('\'', StringComparison.Ordinal) ? found : found.Take(expected.Length)));
        Assert.Equal(expected.Length == 0, !found.Any());
    }

    [Theory]
    [InlineData("lr|", "learningRate |")]
    [InlineData("seed = 1 and mod|el", "seed = 1 and model |")]
    [InlineData("model in|", "model in (|")]
    [InlineData("model in (resnet18 |", "model in (resnet18, |")]
    [InlineData("tag = 'two|", "tag = 'two words' |")]
    [InlineData("model=res|net and seed = 1", "model=resnet18  and seed = 1|")]
    public void At_Caret_WritesTheFirstInPlaceOfTheWordThere(string filter, string written)
    {
        int caret = filter.IndexOf('|', StringComparison.Ordinal);
        string text = filter.Remove(caret, 1);

        FilterSuggestion first = FilterCompletion.At(text, caret, Vocabulary)[0];

        Assert.Equal(written.Replace("|", "", StringComparison.Ordinal), string.Concat(text.AsSpan(0, first.Start), first.Text, text.AsSpan(first.End)));
    }

    /// <summary>Values come from the sweep's specification, so a sweep of ten thousand runs needs no more requests than one of ten.</summary>
    [Fact]
    public void At_EveryPlaceOfALongFilter_FindsSomethingOrNothing()
    {
        string filter = string.Join(" or ", Enumerable.Repeat("(model in (resnet18, 'a b') and not acc >= 0.9 baseline)", 30));

        Assert.All(Enumerable.Range(0, filter.Length + 1), caret => Assert.True(FilterCompletion.At(filter, caret, Vocabulary).Count <= 30));
    }
}
