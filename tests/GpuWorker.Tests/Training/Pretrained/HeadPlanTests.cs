using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class HeadPlanTests
{
    private static readonly string[] Animals = ["cat", "dog", "fox"];

    [Fact]
    public void Of_SameClassesInTheSameOrder_Keeps() => Assert.Equal(HeadFate.Kept, HeadPlan.Of(Animals, 3, Animals).Fate);

    [Fact]
    public void Of_SameClassesInAnotherOrder_ReordersByName()
    {
        HeadPlan plan = HeadPlan.Of(["fox", "cat", "dog"], 3, Animals);

        Assert.Equal(HeadFate.Reordered, plan.Fate);
        Assert.Equal([1, 2, 0], plan.Order!);
        Assert.Equal("the same classes, in the file in the order \"fox\", \"cat\", \"dog\"", plan.Reason);
    }

    [Fact]
    public void Of_OtherClassesOfTheSameNumber_IsNewAndNamesThem()
    {
        HeadPlan plan = HeadPlan.Of(Animals, 3, ["bus", "car", "van"]);

        Assert.Equal(HeadFate.New, plan.Fate);
        Assert.Equal("the file's classes are \"cat\", \"dog\", \"fox\", the data set's are \"bus\", \"car\", \"van\"", plan.Reason);
    }

    [Fact]
    public void Of_FileWithoutNames_GoesByTheNumberAndIsNotSure()
    {
        Assert.Equal((HeadFate.Kept, false), (HeadPlan.Of(null, 3, Animals).Fate, HeadPlan.Of(null, 3, Animals).IsSure));
        Assert.Equal((HeadFate.New, true), (HeadPlan.Of(null, 1000, Animals).Fate, HeadPlan.Of(null, 1000, Animals).IsSure));
        Assert.Equal(HeadFate.New, HeadPlan.Of(null, null, Animals).Fate);
    }

    [Fact]
    public void Of_NamesOfAnotherNumberThanOutputs_AreNotBelieved() => Assert.False(HeadPlan.Of(["cat", "dog"], 3, Animals).IsSure);

    [Theory]
    [InlineData("[\"a\",\"b\"]", true)]
    [InlineData("[\"a\",null]", false)]
    [InlineData("a,b", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    public void StoredClasses_AnyText_IsReadOrPassedOver(string text, bool isRead) =>
        Assert.Equal(isRead, StoredClasses.Read(new Dictionary<string, string> { ["classes"] = text }) is not null);
}
