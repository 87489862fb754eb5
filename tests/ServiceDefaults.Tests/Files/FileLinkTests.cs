using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Tests.Files;

public sealed class FileLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Create_SourceThatIsReplacedLater_KeepsTheContent()
    {
        File.WriteAllText(PathOf("source"), "before");

        FileLink.Create(PathOf("source"), PathOf("target"));

        File.WriteAllText(PathOf("next"), "after");
        File.Move(PathOf("next"), PathOf("source"), overwrite: true);
        Assert.Equal("before", File.ReadAllText(PathOf("target")));
    }

    [Fact]
    public void Create_ExistingTarget_IsReplaced()
    {
        File.WriteAllText(PathOf("source"), "new");
        File.WriteAllText(PathOf("target"), "old");

        FileLink.Create(PathOf("source"), PathOf("target"));

        Assert.Equal("new", File.ReadAllText(PathOf("target")));
    }

    [Fact]
    public void Create_NoSource_Throws() => Assert.Throws<FileNotFoundException>(() => FileLink.Create(PathOf("none"), PathOf("target")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);
}
