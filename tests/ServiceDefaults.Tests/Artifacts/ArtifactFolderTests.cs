using Experiments.ServiceDefaults.Artifacts;
using Experiments.TestServers;

namespace Experiments.ServiceDefaults.Tests.Artifacts;

public sealed class ArtifactFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactFolder _artifacts;

    public ArtifactFolderTests() => _artifacts = new ArtifactFolder(_folder.Path);

    [Fact]
    public void PrepareAttemptFolder_EachAttempt_HasItsOwnFolder()
    {
        string first = _artifacts.PrepareAttemptFolder("run-1", 1);
        string second = _artifacts.PrepareAttemptFolder("run-1", 2);

        Assert.Equal((_folder["run-1/1"], _folder["run-1/2"]), (first, second));
        Assert.True(Directory.Exists(first) && Directory.Exists(second));
    }

    [Fact]
    public void AttemptFolder_OfNoAttempt_IsNotMade() =>
        Assert.False(Directory.Exists(_artifacts.AttemptFolder("run-1", 3)));

    [Fact]
    public void OpenRead_FileOfAnAttempt_CanBeReadFromAnyPlace()
    {
        File.WriteAllText(Path.Combine(_artifacts.PrepareAttemptFolder("run-1", 1), "best.safetensors"), "0123456789");

        using Stream? stream = _artifacts.OpenRead("run-1", 1, "best.safetensors");
        stream!.Position = 7;

        Assert.Equal("789", new StreamReader(stream).ReadToEnd());
    }

    [Fact]
    public void OpenRead_NoSuchFileOrRun_GivesNull()
    {
        _artifacts.PrepareAttemptFolder("run-1", 1);

        Assert.Null(_artifacts.OpenRead("run-1", 1, "best.safetensors"));
        Assert.Null(_artifacts.OpenRead("run-2", 1, "best.safetensors"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/etc")]
    [InlineData("a\0")]
    [InlineData("ä")]
    public void Names_ThatLeadElsewhere_AreRefusedAndQuoted(string name)
    {
        var file = Assert.Throws<ArgumentException>(() => _artifacts.OpenRead("run-1", 1, name));
        var run = Assert.Throws<ArgumentException>(() => _artifacts.PrepareAttemptFolder(name, 1));

        Assert.Contains($"'{name}'", file.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttemptFolder_NegativeAttempt_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _artifacts.AttemptFolder("run-1", -1));

    /// <summary>The checkpoint of a stage is in the folder of an attempt 0.</summary>
    [Fact]
    public void AttemptsOf_IncludesTheStage()
    {
        _artifacts.PrepareAttemptFolder("run-1", 0);
        _artifacts.PrepareAttemptFolder("run-1", 2);

        Assert.Equal([0, 2], _artifacts.AttemptsOf("run-1").Order());
    }

    [Fact]
    public void CheckWritable_FolderIsAFile_SaysWhichFolder()
    {
        File.WriteAllText(_folder["file"], "");

        var exception = Assert.Throws<IOException>(() => new ArtifactFolder(_folder["file"]).CheckWritable());

        Assert.Contains($"'{_folder["file"]}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckWritable_WritableFolder_LeavesNothingBehind()
    {
        _artifacts.CheckWritable();

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
