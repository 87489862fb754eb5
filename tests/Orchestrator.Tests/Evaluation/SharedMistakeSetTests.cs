using Experiments.Contracts.Api;
using Experiments.Orchestrator.Evaluation;

namespace Experiments.Orchestrator.Tests.Evaluation;

public sealed class SharedMistakeSetTests
{
    private static readonly Dictionary<string, PredictionRow> Left = Rows(
        ("1.png", "cat", "dog", 0.6), ("2.png", "cat", "dog", 0.9), ("3.png", "dog", "dog", 0.9), ("4.png", "dog", "cat", 0.5), ("left.png", "dog", "cat", 1));

    private static readonly Dictionary<string, PredictionRow> Right = Rows(
        ("1.png", "cat", "dog", 0.7), ("2.png", "cat", "owl", 0.8), ("3.png", "dog", "cat", 0.9), ("4.png", "dog", "dog", 0.5), ("right.png", "dog", "cat", 1));

    [Fact]
    public void Of_TwoRuns_CountsImagesThatBothSaw()
    {
        SharedMistakes shared = Of(take: 10);

        Assert.Equal(4, shared.Images);
        Assert.Equal([3, 3], shared.Wrong);
        Assert.Equal((2, 1), (shared.BothWrong, shared.SameAnswer));
    }

    [Fact]
    public void Of_TwoRuns_ShowsWhatBothWereSurestAboutFirst()
    {
        SharedMistakes shared = Of(take: 10);

        Assert.Equal(["2.png", "1.png"], shared.Items.Select(item => item.Place));
        Assert.Equal([new ClassProbability("dog", 0.9), new ClassProbability("owl", 0.8)], shared.Items[0].Guesses);
        Assert.Equal([1], shared.Items[0].Image);
        Assert.Null(shared.Items[1].Image);
    }

    [Fact]
    public void Of_FewWanted_CountsAllTheSame()
    {
        SharedMistakes shared = Of(take: 1);

        Assert.Single(shared.Items);
        Assert.Equal(2, shared.BothWrong);
    }

    [Theory]
    [InlineData("image 5 of /home/a/.cache/cifar/test_batch.bin", "image 5 of /data/cifar/test_batch.bin", true)]
    [InlineData("image 5 of /data/cifar/test_batch.bin", "image 6 of /data/cifar/test_batch.bin", false)]
    [InlineData("/data/a/1.png", "/data/b/1.png", false)]
    [InlineData("/data/best of/1.png", "/other/1.png", false)]
    public void KeyOf_Places_AreTheSameImageOrNot(string one, string other, bool same) =>
        Assert.Equal(same, SharedMistakeSet.KeyOf(one) == SharedMistakeSet.KeyOf(other));

    private static SharedMistakes Of(int take) => SharedMistakeSet.Of(Left, Right, isCut: false, take, new Dictionary<string, byte[]> { ["2.png"] = [1] });

    private static Dictionary<string, PredictionRow> Rows(params (string Place, string Actual, string Predicted, double Probability)[] rows) =>
        rows.ToDictionary(row => row.Place, row => new PredictionRow(row.Place, row.Actual, row.Predicted, row.Probability));
}
