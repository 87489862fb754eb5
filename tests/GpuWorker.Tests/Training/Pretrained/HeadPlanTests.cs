using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class HeadPlanTests
{
    private static readonly string[] Animals = ["cat", "dog", "fox"];

    [Fact]
    public void Of_SameClassesInTheSameOrder_Keeps() => Assert.Equal(HeadFate.Kept, HeadPlan.Of(Named(Animals), 3, Animals).Fate);

    [Fact]
    public void Of_SameClassesInAnotherOrder_ReordersByName()
    {
        HeadPlan plan = HeadPlan.Of(Named("fox", "cat", "dog"), 3, Animals);

        Assert.Equal(HeadFate.Reordered, plan.Fate);
        Assert.Equal([1, 2, 0], plan.Order!);
        Assert.Equal("the same classes, in the file in the order \"fox\", \"cat\", \"dog\"", plan.Reason);
    }

    [Fact]
    public void Of_OtherClassesOfTheSameNumber_IsNewAndNamesThem()
    {
        HeadPlan plan = HeadPlan.Of(Named(Animals), 3, ["bus", "car", "van"]);

        Assert.Equal(HeadFate.New, plan.Fate);
        Assert.Equal("the file's classes are \"cat\", \"dog\", \"fox\", the data set's are \"bus\", \"car\", \"van\"", plan.Reason);
    }

    [Fact]
    public void Of_FileWithoutNames_ComparesTheNumberAndWarns()
    {
        Assert.Equal((HeadFate.Kept, false), (HeadPlan.Of(null, 3, Animals).Fate, HeadPlan.Of(null, 3, Animals).IsSure));
        Assert.Equal((HeadFate.New, true), (HeadPlan.Of(null, 1000, Animals).Fate, HeadPlan.Of(null, 1000, Animals).IsSure));
        Assert.Equal(HeadFate.New, HeadPlan.Of(null, null, Animals).Fate);
    }

    [Fact]
    public void Of_FileWithoutNames_DoesNotClaimThatThereAreNone() => Assert.Equal(
        "it is not known which classes the file's 3 outputs are for; they are taken for the data set's, in the order \"cat\", \"dog\", \"fox\"",
        HeadPlan.Of(null, 3, Animals).Reason);

    [Fact]
    public void Of_NamesOfAnotherNumberThanOutputs_IsNewAndSaysSo()
    {
        HeadPlan plan = HeadPlan.Of(Named("cat", "dog"), 3, Animals);

        Assert.Equal((HeadFate.New, "the file names 2 classes and has outputs for 3", true), (plan.Fate, plan.Reason, plan.IsSure));
    }

    [Theory]
    [InlineData("cat,dog,fox")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("[\"cat\",null,\"fox\"]")]
    [InlineData("[[\"cat\"],[\"dog\"],[\"fox\"]]")]
    [InlineData("{\"cat\":0,\"dog\":2,\"fox\":2}")]
    [InlineData("{\"1\":\"cat\",\"2\":\"dog\",\"3\":\"fox\"}")]
    [InlineData("{\"0\":1,\"1\":2,\"2\":0}")]
    public void Of_TextThatCannotBeUnderstood_IsNewAndQuotesIt(string text)
    {
        HeadPlan plan = HeadPlan.Of(Read(("classes", text)), 3, Animals);

        Assert.Equal((HeadFate.New, $"what the file says of its classes cannot be understood: \"{text}\""), (plan.Fate, plan.Reason));
    }

    [Fact]
    public void Of_LongTextThatCannotBeUnderstood_IsQuotedInPart() =>
        Assert.EndsWith(new string('x', 80) + "…\"", HeadPlan.Of(Read(("classes", new string('x', 5000))), 3, Animals).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("classes", "[\"fox\",\"cat\",\"dog\"]")]
    [InlineData("classes", "{\"0\":\"fox\",\"1\":\"cat\",\"2\":\"dog\"}")]
    [InlineData("classes", "{\"cat\":1,\"dog\":2,\"fox\":0}")]
    [InlineData("class_names", "[\"fox\",\"cat\",\"dog\"]")]
    [InlineData("class_to_idx", "{\"fox\":0,\"dog\":2,\"cat\":1}")]
    [InlineData("idx_to_class", "{\"2\":\"dog\",\"1\":\"cat\",\"0\":\"fox\"}")]
    public void Read_NamesInAnyUsualForm_AreInTheOrderOfTheOutputs(string key, string text) =>
        Assert.Equal(["fox", "cat", "dog"], Read((key, text))!.Names!);

    [Theory]
    [InlineData("classes", "[7,0,3]", "7 0 3")]
    [InlineData("classes", "{\"0\":0,\"1\":1}", "0 1")]
    [InlineData("classes", "{\"0\":\"1\",\"1\":\"2\",\"2\":\"0\"}", "1 2 0")]
    [InlineData("class_to_idx", "{\"0\":1,\"1\":2,\"2\":0}", "2 0 1")]
    [InlineData("idx_to_class", "{\"0\":1,\"1\":2,\"2\":0}", "1 2 0")]
    public void Read_ClassesCalledByNumbers_AreNames(string key, string text, string expected) => Assert.Equal(expected.Split(' '), Read((key, text))!.Names!);

    [Fact]
    public void Read_KeysThatContradictOneAnother_AreNotBelieved()
    {
        Assert.Null(Read(("classes", "[\"a\",\"b\"]"), ("class_to_idx", "{\"b\":0,\"a\":1}"))!.Names);
        Assert.Equal(["a", "b"], Read(("classes", "2 of them"), ("class_to_idx", "{\"a\":0,\"b\":1}"))!.Names!);
        Assert.Null(Read(("model", "resnet18")));
    }

    private static StoredClasses Named(params string[] names) => new(names, "");

    private static StoredClasses? Read(params (string Key, string Text)[] texts) => StoredClasses.Read(texts.ToDictionary(item => item.Key, item => item.Text));
}
