using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Tests.Datasets;

public sealed class DatasetProbeTests
{
    private static readonly DateTime Time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Fingerprint_SameFilesElsewhere_IsTheSame()
    {
        using TempFolder one = Images();
        using TempFolder two = Images();

        Assert.Equal(Fingerprint(one), Fingerprint(two));
    }

    [Fact]
    public void Fingerprint_WithoutAPath_IsKnownWithoutTheFiles()
    {
        Assert.Equal("digits:1797", Of("digits"));
        Assert.Equal("md5:c32a1d4ab5d03f1284b67883e8d87530", Of("cifar10"));
        Assert.NotEqual(Of("mnist"), Of("fashion-mnist"));

        static string Of(string name) => DatasetProbe.Identify(new DatasetSpec { Name = name }, TestContext.Current.CancellationToken).Fingerprint;
    }

    [Theory]
    [InlineData("content")]
    [InlineData("time")]
    [InlineData("name")]
    [InlineData("more")]
    public void Fingerprint_AnythingChanged_IsAnother(string change)
    {
        using TempFolder folder = Images();
        string before = Fingerprint(folder);
        string file = Path.Combine(folder.Path, "a", "1.png");
        switch (change)
        {
            case "content":
                File.WriteAllText(file, "longer than before");
                File.SetLastWriteTimeUtc(file, Time);
                break;
            case "time":
                File.SetLastWriteTimeUtc(file, Time.AddSeconds(1));
                break;
            case "name":
                File.Move(file, Path.Combine(folder.Path, "a", "2.png"));
                break;
            default:
                File.WriteAllText(Path.Combine(folder.Path, "b", "2.png"), "");
                break;
        }

        Assert.NotEqual(before, Fingerprint(folder));
    }

    /// <summary>Results for folders whose meaning has not changed since earlier versions are reused.</summary>
    [Theory]
    [InlineData("a/1.jpg", "b/1.jpg", "b/notes.txt")]
    [InlineData("train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "val/b/1.jpg", "raw/2.jpg", "readme.md")]
    public void Fingerprint_FolderThatAlwaysMeantTheSame_IsAsBefore(params string[] files)
    {
        using TempFolder folder = Files(files);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            var file = new FileInfo(Path.Combine(folder.Path, path));
            digest.AppendData([.. Encoding.UTF8.GetBytes(path + "\0"), .. BitConverter.GetBytes(file.Length), .. BitConverter.GetBytes(file.LastWriteTimeUtc.Ticks)]);
        }

        Assert.Equal(Convert.ToHexStringLower(digest.GetHashAndReset()), Fingerprint(folder));
    }

    [Theory]
    [InlineData(".DS_Store")]
    [InlineData("a/._1.png")]
    [InlineData("__MACOSX/a/1.png")]
    [InlineData("a/Thumbs.db")]
    public void Fingerprint_HiddenFiles_ChangeNothing(string hidden)
    {
        using TempFolder folder = Images();
        string before = Fingerprint(folder);
        string file = Path.Combine(folder.Path, hidden);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");

        Assert.Equal(before, Fingerprint(folder));
    }

    [Fact]
    public void Fingerprint_LinkToNothing_CountsAsAFileUntilItIsThere()
    {
        using TempFolder folder = Images();
        using TempFolder elsewhere = Images();
        string before = Fingerprint(folder);
        string target = Path.Combine(elsewhere.Path, "later.png");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a", "link.png"), target);

        string dangling = Fingerprint(folder);
        File.WriteAllText(target, "there");

        Assert.Equal(3, new[] { before, dangling, Fingerprint(folder) }.Distinct().Count());
    }

    /// <summary>Earlier versions read other classes from this folder; their results must not be reused.</summary>
    [Theory]
    [InlineData("Train/a/1.png", "Train/b/1.png", "Test/a/1.png", "Test/b/1.png")]
    [InlineData("a/1.png", "a/2.gif", "b/1.png")]
    [InlineData("caf\u00e9/1.png", "cafe\u0301/2.png", "b/1.png")]
    [InlineData("\uFF21/1.png", "\U0001F600/1.png")]
    [InlineData("cat\u202E/1.png", "b/1.png")]
    public void Fingerprint_FolderThatMeantSomethingElse_IsAnother(params string[] files)
    {
        using TempFolder folder = Files(files);
        var digest = new DatasetSpec { Name = "cifar10", Path = folder.Path };

        Assert.NotEqual(DatasetProbe.Identify(digest, TestContext.Current.CancellationToken).Fingerprint, Fingerprint(folder));
    }

    [Theory]
    [InlineData("/etc", "no image in the sub-folders of \"/etc\"")]
    [InlineData("../../../../etc", "a relative path: \"../../../../etc\"; allowed: the full path of a folder")]
    [InlineData("data/flowers", "a relative path: \"data/flowers\"")]
    [InlineData("~/flowers", "a relative path: \"~/flowers\"")]
    public void WhyUnusable_NoImageFolder_SaysWhatIsWrong(string path, string problem) =>
        Assert.StartsWith(problem, new DatasetProbe(new AllowedFolders([])).WhyUnusable(Spec(path), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Fact]
    public void WhyUnusable_OneClassWithImages_IsReportedAtLaunch()
    {
        using TempFolder folder = Files("a/1.png", "b/notes.txt");

        Assert.StartsWith("class \"b\" has no image", new DatasetProbe(new AllowedFolders([])).WhyUnusable(Spec(folder.Path), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cifar10", "are not those of cifar10: rose, tulip; expected airplane, automobile", "train/rose/1.png", "train/tulip/1.png", "test/rose/1.png")]
    [InlineData("cifar10", "has no folder of test images", "train/rose/1.png", "train/tulip/1.png")]
    [InlineData("cifar100", "class \"tulip\" has no image", "train/rose/1.png", "train/tulip/1.txt")]
    [InlineData("mnist", "holds none of the files of mnist", "train/0/1.png", "train/1/1.png", "test/0/1.png")]
    public void WhyUnusable_ClassFoldersThatAreNotThoseOfTheSet_IsReportedAtLaunch(string name, string problem, params string[] files)
    {
        using TempFolder folder = Files(files);

        Assert.Contains(problem, new DatasetProbe(new AllowedFolders([])).WhyUnusable(new DatasetSpec { Name = name, Path = folder.Path }, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyUnusable_ClassFoldersOfCifar10_IsNull()
    {
        using TempFolder folder = Files([.. PublishedClasses.Cifar10.SelectMany(name => new[] { $"train/{name}/1.png", $"test/{name}/1.png" })]);

        Assert.Null(new DatasetProbe(new AllowedFolders([])).WhyUnusable(new DatasetSpec { Name = "cifar10", Path = folder.Path }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void WhyUnusable_OutsideOfTheRoots_IsReportedWithoutReadingIt()
    {
        using TempFolder allowed = Images();
        using TempFolder secret = Images();
        var folder = new DatasetProbe(new AllowedFolders([allowed.Path]));
        string link = Path.Combine(allowed.Path, "link");
        Directory.CreateSymbolicLink(link, secret.Path);

        Assert.Null(folder.WhyUnusable(Spec(allowed.Path), TestContext.Current.CancellationToken));
        foreach (string path in (string[])[secret.Path, link, allowed.Path + "/../" + Path.GetFileName(secret.Path), allowed.Path + "x"])
        {
            Assert.Contains("outside", folder.WhyUnusable(Spec(path), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    private static string Fingerprint(TempFolder folder) => DatasetProbe.Identify(Spec(folder.Path), TestContext.Current.CancellationToken).Fingerprint;

    private static TempFolder Files(params string[] files)
    {
        var folder = new TempFolder();
        foreach (string name in files)
        {
            string file = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, name);
            File.SetLastWriteTimeUtc(file, Time);
        }

        return folder;
    }

    private static DatasetSpec Spec(string path) => new() { Name = "imagefolder", Path = path };

    private static TempFolder Images()
    {
        var folder = new TempFolder();
        foreach (string name in (string[])["a", "b"])
        {
            string file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName, "1.png");
            File.WriteAllText(file, name);
            File.SetLastWriteTimeUtc(file, Time);
        }

        return folder;
    }
}
