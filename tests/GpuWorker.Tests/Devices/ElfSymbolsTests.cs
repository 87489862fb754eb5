using Experiments.GpuWorker.Devices;

namespace Experiments.GpuWorker.Tests.Devices;

public sealed class ElfSymbolsTests
{
    /// <summary><see cref="HiddenCaches"/> needs this symbol of libtorch on machines that hide their caches.</summary>
    [Fact]
    public void Find_OneDnnsProcessor_IsInThisVersionOfLibtorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF file is needed");
        string library = Directory.EnumerateFiles(AppContext.BaseDirectory, "libtorch_cpu.so", SearchOption.AllDirectories).First();

        Assert.True(ElfSymbols.Find(library, HiddenCaches.Symbol) > 0);
        Assert.Null(ElfSymbols.Find(library, HiddenCaches.Symbol[..^1]));
    }

    [Fact]
    public void Find_FileThatIsNoLibrary_FindsNothing() => Assert.Null(ElfSymbols.Find(typeof(ElfSymbolsTests).Assembly.Location, "main"));
}
