using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Sweeps;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Tests.Sweeps;

public sealed class DatasetFolderTests
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

        static string Of(string name) => DatasetFolder.FingerprintOf(new DatasetSpec { Name = name }, TestContext.Current.CancellationToken);
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

    [Fact]
    public void WhyUnusable_OutsideOfTheRoots_IsToldWithoutALookAtIt()
    {
        using TempFolder allowed = Images();
        using TempFolder secret = Images();
        var folder = new DatasetFolder(new AllowedFolders([allowed.Path]));
        string link = Path.Combine(allowed.Path, "link");
        Directory.CreateSymbolicLink(link, secret.Path);

        Assert.Null(folder.WhyUnusable(Spec(allowed.Path)));
        foreach (string path in (string[])[secret.Path, link, allowed.Path + "/../" + Path.GetFileName(secret.Path), allowed.Path + "x"])
        {
            Assert.Contains("outside", folder.WhyUnusable(Spec(path)), StringComparison.Ordinal);
        }
    }

    private static string Fingerprint(TempFolder folder) => DatasetFolder.FingerprintOf(Spec(folder.Path), TestContext.Current.CancellationToken);

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
