using System.Diagnostics;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>File names in old encodings, which cannot be opened by their text.</summary>
public sealed class UnreadableNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("cat dog", "1 name in", "\"cat/\uFFFD0.jpg\"", "cat/\\3510.jpg")]
    [InlineData("cat dog", "2 names in", "\"cat/\uFFFD.jpg\", \"dog/\uFFFD.png\"", "cat/\\351.jpg dog/\\344.png")]
    [InlineData("cat dog caf\\351", "1 name in", "\"caf\uFFFD\"", "cat/notes\\351.txt")]
    [InlineData("train/cat train/dog val/cat val/dog\\351", "2 names in", "\"train/cat/\uFFFD.jpg\", \"val/dog\uFFFD\"", "train/cat/\\351.jpg")]
    public void Open_NamesThatAreNotText_AreNamedTogether(string folders, string count, string names, string files)
    {
        Write($"for f in {folders}; do mkdir -p \"$(printf $f)\"; : > \"$(printf $f)/1.jpg\"; done; for f in {files}; do : > \"$(printf $f)\"; done".Replace("\\", "\\\\", StringComparison.Ordinal));

        TrainingException refused = Assert.Throws<TrainingException>(() => new ImageFolderReader().Open(_folder.Path));

        Assert.StartsWith(count, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"(\uFFFD replaces invalid bytes): {names}. Rename them", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManySuchNames_CountsThemAndNamesTwenty()
    {
        Write("mkdir cat dog; : > dog/1.jpg; for i in $(seq 25); do : > \"cat/$(printf '%s\\351' $i).jpg\"; done");

        string message = Assert.Throws<TrainingException>(() => new ImageFolderReader().Open(_folder.Path)).Message;

        Assert.StartsWith("25 names in", message, StringComparison.Ordinal);
        Assert.Equal(21, message.Split("\uFFFD.jpg", StringSplitOptions.None).Length);
    }

    /// <summary>The replacement character may occur in a valid name.</summary>
    [Fact]
    public void Open_NameWithTheReplacementCharacter_IsReadAsItIs()
    {
        foreach (string file in (string[])["cat/\uFFFD.jpg", "do\uFFFD/1.jpg"])
        {
            File.WriteAllText(_folder.File(file.Split('/')), "image");
        }

        Assert.Equal(["cat", "do\uFFFD"], new ImageFolderReader().Open(_folder.Path).Classes);
    }

    public void Dispose()
    {
        // .NET cannot delete files whose names it cannot represent.
        Write("find . -mindepth 1 -delete");
        _folder.Dispose();
    }

    private void Write(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
