using Experiments.ServiceDefaults.Yaml;

namespace Experiments.ServiceDefaults.Tests.Yaml;

/// <summary>A megabyte of any text is read or refused in linear time; with quadratic code these tests exceed the limit of the test run.</summary>
public sealed class YamlSizeTests
{
    private const int Megabyte = 1 << 20;

    public static TheoryData<string, string> Patterns => new()
    {
        { "deep lists", "[" },
        { "deep mappings", "{a: " },
        { "deep blocks", "- " },
        { "keys", "? " },
        { "colons", ":" },
        { "anchors", "&a " },
        { "quotes", "\"" },
        { "comments", "#\n" },
        { "empty lines", "\n" },
        { "spaces", " " },
        { "tabs", "\t" },
        { "tags", "!!" },
        { "text", "word " },
        { "digits", "9" },
        { "hexadecimal", "0x" },
        { "items", "- a\n" },
        { "flow items", "a, " },
        { "documents", "---\n" },
        { "block scalars", "|\n " },
        { "escapes", "\\u" },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Patterns))]
    public Task ToJson_Megabyte_EndsSoon(string name, string pattern) => Task.Run(() =>
    {
        string yaml = string.Concat(Enumerable.Repeat(pattern, Megabyte / pattern.Length));
        foreach (string text in new[] { yaml, "a: " + yaml, "[" + yaml, "\"" + yaml })
        {
            Exception? refused = Record.Exception(() => YamlJson.ToJson(text).Dispose());

            Assert.True(refused is null or YamlSyntaxException, $"{name}: {refused}");
        }
    }, TestContext.Current.CancellationToken);

    [Fact]
    public void ToJson_DeepestAllowed_IsRead()
    {
        string yaml = new string('[', YamlJson.MaxDepth) + new string(']', YamlJson.MaxDepth);

        Assert.Equal(yaml, YamlJson.ToJson(yaml).RootElement.GetRawText());
        Assert.Throws<YamlSyntaxException>(() => YamlJson.ToJson($"[{yaml}]"));
    }
}
