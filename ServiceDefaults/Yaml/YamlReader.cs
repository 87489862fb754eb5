using System.Buffers;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Reads one YAML document, and refuses features without a JSON counterpart.</summary>
internal sealed partial class YamlReader(string yaml, IYamlSink sink)
{
    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\u007f', '\ufffe', '\uffff']);

    private readonly Parser _parser = new(new GuardedScanner(new Scanner(new StringReader(yaml), skipComments: true)));

    /// <exception cref="YamlSyntaxException">See <see cref="YamlJson.ToJson"/>.</exception>
    public void Read()
    {
        CheckCharacters();
        try
        {
            Expect<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
            {
                sink.Scalar("", plain: true, line: 1);
                return;
            }

            Expect<DocumentStart>();
            ReadNode(depth: 0);
            Expect<DocumentEnd>();
            ExpectEnd();
        }
        catch (YamlException exception)
        {
            throw At(exception.Start, Sentence(exception.Message) + TwoColons(exception), exception);
        }
    }

    /// <summary>What to write instead of <c>pretrained: run: 01ab</c>; empty for any other problem.</summary>
    private string TwoColons(YamlException exception)
    {
        string line = yaml.Split('\n').ElementAtOrDefault((int)exception.Start.Line - 1) ?? "";
        string[] parts = line.Split(": ", 2);
        string? value = exception.Message switch
        {
            var message when message.Contains("invalid mapping", StringComparison.Ordinal) => parts is [_, var rest] && rest.Contains(": ", StringComparison.Ordinal) ? rest : null,
            var message when message.Contains("',' or '", StringComparison.Ordinal) => FlowValue().Match(line) is { Success: true } match ? match.Groups["value"].Value : null,
            _ => null,
        };
        return value is not null
            ? $"; a value with \": \" in it needs quotes, or no space, such as {value.Trim().Replace(": ", ":", StringComparison.Ordinal)}"
            : "";
    }

    /// <summary>Inside a mapping in braces, between a key and the next comma: <c>run: 01ab</c> in <c>{ pretrained: run: 01ab }</c>.</summary>
    [GeneratedRegex(@"[{,]\s*[^\s{}\[\],:""']+: +(?<value>[^\s{}\[\],:""']+: +[^\s{}\[\],:""']+)", RegexOptions.ExplicitCapture)]
    private static partial Regex FlowValue();

    /// <summary>A NUL would end the text, and the rest would be lost silently.</summary>
    private void CheckCharacters()
    {
        int at = yaml.AsSpan().IndexOfAny(ForbiddenCharacters);
        if (at >= 0)
        {
            ReadOnlySpan<char> before = yaml.AsSpan(0, at);
            throw new YamlSyntaxException(
                $"the character U+{(int)yaml[at]:X4} is not allowed in YAML; is this a text file?",
                line: before.Count('\n') + 1,
                column: at - before.LastIndexOf('\n'));
        }
    }

    private void ReadNode(int depth)
    {
        ParsingEvent node = Next();
        Check(node, depth);
        switch (node)
        {
            case Scalar scalar:
                sink.Scalar(Text(scalar), scalar.Style == ScalarStyle.Plain, LineOf(scalar));
                break;
            case MappingStart mapping:
                ReadMapping(mapping, depth + 1);
                break;
            case SequenceStart list:
                ReadList(list, depth + 1);
                break;
            default:
                throw At(node.Start, "a value is missing here");
        }
    }

    private void ReadMapping(MappingStart mapping, int depth)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        sink.BeginMapping(LineOf(mapping));
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            Scalar key = ReadKey(depth);
            if (!lines.TryAdd(key.Value, LineOf(key)))
            {
                throw At(key.Start, $"the key '{key.Value}' occurs twice in the same mapping, first in line {lines[key.Value]}");
            }

            sink.Key(key.Value, LineOf(key));
            ReadNode(depth);
        }

        sink.EndMapping();
    }

    private Scalar ReadKey(int depth)
    {
        ParsingEvent node = Next();
        Check(node, depth);
        if (node is not Scalar key)
        {
            throw At(node.Start, "a key has to be a single word or text");
        }

        Text(key);
        return key.Value == "<<" && key.Style == ScalarStyle.Plain
            ? throw At(key.Start, "merge keys (<<) are not supported; write the keys out")
            : key;
    }

    private void ReadList(SequenceStart list, int depth)
    {
        sink.BeginList(LineOf(list));
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            ReadNode(depth);
        }

        sink.EndList();
    }

    private static void Check(ParsingEvent node, int depth)
    {
        if (node is AnchorAlias || node is NodeEvent { Anchor.IsEmpty: false })
        {
            throw At(node.Start, "anchors and aliases (& and *) are not supported; write the value out, or put it in quotes if it is text");
        }

        if (node is NodeEvent { Tag.IsEmpty: false })
        {
            throw At(node.Start, "tags (!) are not supported; put the value in quotes if it is text");
        }

        if (depth >= YamlJson.MaxDepth && node is MappingStart or SequenceStart)
        {
            throw At(node.Start, $"mappings and lists are nested more than {YamlJson.MaxDepth} deep");
        }
    }

    /// <summary>An escape can write half of a surrogate pair, which is not a character.</summary>
    private static string Text(Scalar scalar)
    {
        for (int i = 0; i < scalar.Value.Length; i++)
        {
            if (char.IsSurrogatePair(scalar.Value, i))
            {
                i++;
            }
            else if (char.IsSurrogate(scalar.Value[i]))
            {
                throw At(scalar.Start, "an escape encodes half a character");
            }
        }

        return scalar.Value;
    }

    private void ExpectEnd()
    {
        if (!_parser.Accept<StreamEnd>(out _))
        {
            throw At(_parser.Current?.Start ?? Mark.Empty, "a second document begins here; only one is allowed");
        }
    }

    private ParsingEvent Next() => _parser.Consume<ParsingEvent>();

    private void Expect<T>()
        where T : ParsingEvent => _parser.Consume<T>();

    private static int LineOf(ParsingEvent node) => (int)node.Start.Line;

    private static string Sentence(string message) => message.Trim().TrimEnd('.');

    private static YamlSyntaxException At(Mark mark, string problem, Exception? inner = null) =>
        new(problem, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column), inner);
}
