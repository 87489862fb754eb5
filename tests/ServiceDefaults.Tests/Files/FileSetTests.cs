using System.Diagnostics;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Files;
using Experiments.TestServers;

namespace Experiments.ServiceDefaults.Tests.Files;

public sealed class FileSetTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Stamp_WhatALinkLeadsToChanges_IsAnother()
    {
        string target = Write("elsewhere/1.png", "before");
        string link = _folder["1.png"];
        File.CreateSymbolicLink(_folder["hop.png"], target);
        File.CreateSymbolicLink(link, _folder["hop.png"]);
        string before = Stamp(link);

        File.WriteAllText(target, "longer than before");

        Assert.NotEqual(before, Stamp(link));
    }

    /// <summary>Decoding reports it, together with all other unreadable images.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("nowhere.png")]
    [InlineData("1.png")]
    public void Stamp_FileThatIsNotThere_IsAnotherOnceItIs(string? leadsTo)
    {
        string path = _folder["1.png"];
        if (leadsTo is not null)
        {
            File.CreateSymbolicLink(path, leadsTo);
        }

        string before = Stamp(path);
        File.Delete(path);
        File.WriteAllText(path, "there");

        Assert.NotEqual(before, Stamp(path));
    }

    /// <summary>Keys of stored runs contain it.</summary>
    [Fact]
    public void Stamp_KnownFiles_IsWhatItAlwaysWas()
    {
        string[] files = [Write("b/2.png", "two"), Write("a/1.png", "one!")];

        string stamp = FileSet.Look(_folder.Path, files, TestContext.Current.CancellationToken).Stamp(["a meaning"]);

        Assert.Equal("4cadad9d1079183aa16ed54ff372ce4b45b4397ec12c5240853442c437195278", stamp);
    }

    [Fact]
    public void Describe_CopyWithOtherTimes_DiffersInTheStampAlone()
    {
        SeenFiles original = FileSet.Look(_folder["one"], [Write("one/a/1.png", "one")], TestContext.Current.CancellationToken).Describe([]);
        string copy = Write("other/a/1.png", "one");
        File.SetLastWriteTimeUtc(copy, Then.AddHours(1));

        SeenFiles copied = FileSet.Look(_folder["other"], [copy], TestContext.Current.CancellationToken).Describe([]);

        Assert.NotEqual(original.Stamp, copied.Stamp);
        Assert.Equal(original with { Stamp = copied.Stamp, Newest = Then.AddHours(1).Ticks }, copied);
        Assert.Equal((1, 3L), (original.Count, original.Bytes));
    }

    [Fact]
    public void ReadContent_OtherTimesOrOtherBytes_TellsBytesAlone()
    {
        string path = Write("1.png", "one");
        string before = Content(path);
        File.SetLastWriteTimeUtc(path, Then.AddHours(1));
        string touched = Content(path);
        Write("1.png", "two");

        Assert.Equal(before, touched);
        Assert.NotEqual(before, Content(path));
    }

    /// <summary>Reading a pipe waits for its writer, and a device may never end: neither has a length, and both count as empty.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData("pipe")]
    [InlineData("linked pipe")]
    [InlineData("device")]
    public async Task ReadContent_NoOrdinaryFile_IsNotOpened(string what)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string path = _folder["1.png"];
        string empty = Content(Write("1.png", ""));
        File.Delete(path);
        string pipe = what == "pipe" ? path : _folder["pipe"];
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(cancel);
        }

        if (what != "pipe")
        {
            File.CreateSymbolicLink(path, what == "device" ? "/dev/zero" : pipe);
        }

        string content = await Task.Run(() => Content(path), cancel).WaitAsync(cancel);

        Assert.Equal(empty, content);
    }

    [Fact]
    public void ReadContent_FileThatChangedSinceItWasLookedAt_IsRefused()
    {
        string path = Write("1.png", "one");
        var looked = FileSet.Look(path);
        File.WriteAllText(path, "longer than before");

        IOException refused = Assert.Throws<IOException>(() => looked.ReadContent(TestContext.Current.CancellationToken));

        Assert.Equal($"\"{path}\" has changed since it was looked at", refused.Message);
    }

    [Fact]
    public void Only_SomeFiles_AreAsTheyWereLookedAt()
    {
        string path = Write("1.png", "one");
        string other = Write("2.png", "two");
        var all = FileSet.Look(_folder.Path, [path, other], TestContext.Current.CancellationToken);
        string before = Stamp(path);

        File.Delete(path);

        Assert.Equal(before, all.Only([path]).Stamp([]));
    }

    [Fact]
    public void ChangedAfter_NewerFiles_NamesThem()
    {
        string old = Write("1.png", "one");
        string added = Write("a/2.png", "two");
        File.SetLastWriteTimeUtc(added, Then.AddSeconds(1));

        Assert.Equal(["a/2.png"], FileSet.Look(_folder.Path, [old, added], TestContext.Current.CancellationToken).ChangedAfter(Then.Ticks));
    }

    public void Dispose() => _folder.Dispose();

    private string Stamp(string file) => FileSet.Look(_folder.Path, [file], TestContext.Current.CancellationToken).Stamp([]);

    private string Content(string file) => FileSet.Look(_folder.Path, [file], TestContext.Current.CancellationToken).ReadContent(TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        string path = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Then);
        return path;
    }
}
