using Experiments.Build;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Build;

public class ElfVersionNeedTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Fact]
    public void StrongNeeds_LibraryInOutput_DoesNotHaveTheVersion()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux libraries are changed");

        IReadOnlyList<string> needs = ElfVersionNeed.StrongNeeds(File.ReadAllBytes(LibraryInOutput()));

        Assert.DoesNotContain(Version, needs);
        Assert.Contains("GLIBCXX_3.4.30", needs);
        Assert.Contains("GLIBC_2.34", needs);
    }

    [Fact]
    public void Library_OnThisMachine_LoadsAndComputes() => Assert.Equal(3, torch.tensor(1).add(2).item<int>());

    [Fact]
    public void MarkWeak_AnotherVersion_ChangesItsFlagAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux libraries are changed");
        byte[] before = File.ReadAllBytes(LibraryInOutput());
        byte[] after = [.. before];

        Assert.Equal(1, ElfVersionNeed.MarkWeak(after, "GLIBCXX_3.4.30"));

        Assert.Equal(1, before.Zip(after).Count(pair => pair.First != pair.Second));
        Assert.Equal(ElfVersionNeed.StrongNeeds(before).Where(name => name != "GLIBCXX_3.4.30"), ElfVersionNeed.StrongNeeds(after));
    }

    [Fact]
    public void MarkWeak_Twice_ChangesNothingMore()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux libraries are changed");
        byte[] once = File.ReadAllBytes(LibraryInOutput());
        byte[] twice = [.. once];

        Assert.Equal(1, ElfVersionNeed.MarkWeak(twice, Version));

        Assert.Equal(once, twice);
    }

    [Fact]
    public void MarkWeak_VersionNotNeeded_FindsNone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux libraries are changed");

        Assert.Equal(0, ElfVersionNeed.MarkWeak(File.ReadAllBytes(LibraryInOutput()), "GLIBCXX_9.9"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(4096)]
    public void MarkWeak_FileCutShortOrNotElf_SaysSo(int bytes)
    {
        byte[] nonsense = new byte[bytes];

        Assert.Throws<FormatException>(() => ElfVersionNeed.MarkWeak(nonsense, Version));
    }

    private static string LibraryInOutput() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories).First();
}
