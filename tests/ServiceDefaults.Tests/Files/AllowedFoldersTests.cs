using Experiments.ServiceDefaults.Files;
using Experiments.TestServers;

namespace Experiments.ServiceDefaults.Tests.Files;

public sealed class AllowedFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AllowedFolders _allowed;

    public AllowedFoldersTests()
    {
        Directory.CreateDirectory(_folder["data/flowers"]);
        Directory.CreateDirectory(_folder["database"]);
        _allowed = new AllowedFolders([_folder["data"]]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data", true)]
    [InlineData("data/", true)]
    [InlineData("data/flowers", true)]
    [InlineData("data/not/there/yet", true)]
    [InlineData("database", false)]
    [InlineData("data/../database", false)]
    [InlineData("data/flowers/../../database", false)]
    [InlineData(".", false)]
    public void Contain_Path_OnlyBelowARoot(string path, bool expected) => Assert.Equal(expected, _allowed.Contain(_folder[path]));

    [Fact]
    public void Contain_LinkThatLeadsOut_IsRefused()
    {
        Directory.CreateSymbolicLink(_folder["data/way-out"], _folder["database"]);
        Directory.CreateSymbolicLink(_folder["data/way-in"], "flowers");

        Assert.False(_allowed.Contain(_folder["data/way-out"]));
        Assert.False(_allowed.Contain(_folder["data/way-out/below"]));
        Assert.True(_allowed.Contain(_folder["data/way-in"]));
    }

    [Fact]
    public void Contain_RootThatIsALink_AllowsWhatItLeadsTo()
    {
        Directory.CreateSymbolicLink(_folder["link"], _folder["data"]);

        Assert.True(new AllowedFolders([_folder["link"]]).Contain(_folder["data/flowers"]));
    }

    [Fact]
    public void Contain_LinksInACircle_IsAnError()
    {
        Directory.CreateSymbolicLink(_folder["data/a"], _folder["data/b"]);
        Directory.CreateSymbolicLink(_folder["data/b"], _folder["data/a"]);

        Assert.Throws<IOException>(() => _allowed.Contain(_folder["data/a"]));
    }

    [Fact]
    public void Contain_NoRoots_AllowsEverything() => Assert.True(new AllowedFolders([]).Contain("/anything"));
}
