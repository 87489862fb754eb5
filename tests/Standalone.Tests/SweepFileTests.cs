using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Standalone.Tests;

public sealed class SweepFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Describe_Warning_NamesFileLineAndCells()
    {
        File.WriteAllText(_path, "name: x\ndataset: digits\ngrid:\n  - seed: [1, 2]\n  - seed: [3]\n    momentum: [0.8]\n");
        SweepFile file = SweepFile.Read(_path, out _)!;

        Assert.Equal(
            $"{_path}:6: grid[1].momentum: momentum has no effect (combination 3)",
            Assert.Single(file.Describe([new SweepWarning("grid[1].momentum", "momentum has no effect", [3])], total: 3)));
    }

    [Fact]
    public void Describe_WarningAboutNoCell_NamesFileAndLineAlone()
    {
        File.WriteAllText(_path, "name: x\ndataset: digits\ngrid: { seed: [1, 2] }\nexclude:\n  - { seed: 1 }\n  - { seed: 3 }\n");
        SweepFile file = SweepFile.Read(_path, out _)!;

        Assert.Equal(
            $"{_path}:6: exclude[1]: leaves out no combination: none has seed 3",
            Assert.Single(file.Describe(SweepWarnings.Of(Spec(file), SweepExpansion.Expand(Spec(file))), total: 1)));
    }

    [Fact]
    public void Read_NumberInQuotes_SaysToRemoveThem()
    {
        File.WriteAllText(_path, "name: x\ndataset: digits\nbase:\n  lr: 1e-3\n  learningRate: \"1e-4\"\n");

        Assert.Null(SweepFile.Read(_path, out IReadOnlyList<string> problems));

        Assert.Contains(problems, problem => problem.StartsWith($"{_path}:4: base.lr:", StringComparison.Ordinal) && problem.Contains("\"lr\"; write learningRate; allowed: ", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith($"{_path}:5: base.learningRate:", StringComparison.Ordinal) && problem.Contains("; remove the quotes: 1e-4; allowed: ", StringComparison.Ordinal));
    }

    private static SweepSpec Spec(SweepFile file)
    {
        Assert.True(SweepSpecReader.TryRead(file.Spec, out SweepSpec? spec, out _));
        return spec;
    }

    public void Dispose() => File.Delete(_path);
}
