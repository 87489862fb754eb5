using Experiments.GpuWorker.Training.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.GpuWorker.Tests.Training.Execution;

public sealed class BFloat16ModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _measured = [];

    private string File => Path.Combine(_folder.Path, "cache", "gains.json");

    [Theory]
    [InlineData(1.14, false)]
    [InlineData(1.15, true)]
    [InlineData(double.NaN, false)]
    public void Find_Gain_DecidesFrom115On(double gain, bool isFaster) =>
        Assert.Equal(isFaster ? BFloat16Models.Candidates : [], Models("here", _ => gain).Find());

    [Fact]
    public void Find_SecondTime_ReadsWhatWasMeasured()
    {
        IReadOnlyList<string> first = Models("here", model => model == "resnet18" ? 2 : 1).Find();

        IReadOnlyList<string> second = Models("here", _ => throw new InvalidOperationException("measured again")).Find();

        Assert.Equal(["resnet18"], first);
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Machine\":\"here\"}")]
    [InlineData("{\"Machine\":\"here\",\"Gains\":{\"resnet18\":9}}")]
    [InlineData("{\"Machine\":\"here\",\"Gains\":{\"resnet18\":\"x\"}}")]
    public void Find_FileOfAnotherMachineOrDamaged_MeasuresAgain(string? content)
    {
        Models("elsewhere", _ => 9).Find();
        if (content is not null)
        {
            System.IO.File.WriteAllText(File, content);
        }

        _measured.Clear();

        Assert.Empty(Models("here", _ => 1).Find());
        Assert.Equal(BFloat16Models.Candidates, _measured);
    }

    [Fact]
    public void Find_FileThatCannotBeWritten_StillAnswers()
    {
        Directory.CreateDirectory(File);

        Assert.Equal(BFloat16Models.Candidates, Models("here", _ => 2).Find());
    }

    [Fact]
    public void Find_DeviceWithoutInstructionsForIt_FindsNoneAndKeepsNothing()
    {
        var models = new BFloat16Models(File, "here", gainOf: null, NullLogger<BFloat16Models>.Instance);

        Assert.False(models.IsSupported);
        Assert.Empty(models.Find());
        Assert.False(System.IO.File.Exists(File));
    }

    public void Dispose() => _folder.Dispose();

    private BFloat16Models Models(string machine, Func<string, double> gainOf) => new(
        File,
        machine,
        model =>
        {
            _measured.Add(model);
            return gainOf(model);
        },
        NullLogger<BFloat16Models>.Instance);
}
