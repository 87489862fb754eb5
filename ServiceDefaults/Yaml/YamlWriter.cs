using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Writes JSON as block YAML, with short lists of scalars on one line.</summary>
internal sealed partial class YamlWriter(TextWriter output)
{
    /// <summary>A longer list of scalars gets a line for each element.</summary>
    private const int LongestFlowList = 100;

    private static readonly EmitterSettings Settings = new EmitterSettings()
        .WithBestWidth(int.MaxValue)
        .WithIndentedSequences()
        .WithNewLine("\n");

    private readonly Emitter _emitter = new(output, Settings);

    public void Write(JsonElement json)
    {
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart());
        WriteNode(json);
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    private void WriteNode(JsonElement node)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMapping(node);
                break;
            case JsonValueKind.Array:
                WriteList(node);
                break;
            case JsonValueKind.String:
                WriteText(node.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteScalar(YamlNumber.Pretty(node.GetRawText()), ScalarStyle.Plain);
                break;
            default:
                WriteScalar(node.GetRawText(), ScalarStyle.Plain);
                break;
        }
    }

    private void WriteMapping(JsonElement mapping)
    {
        _emitter.Emit(new MappingStart());
        foreach (JsonProperty property in mapping.EnumerateObject())
        {
            WriteText(property.Name);
            WriteNode(property.Value);
        }

        _emitter.Emit(new MappingEnd());
    }

    private void WriteList(JsonElement list)
    {
        _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, IsShort(list) ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (JsonElement item in list.EnumerateArray())
        {
            WriteNode(item);
        }

        _emitter.Emit(new SequenceEnd());
    }

    private static bool IsShort(JsonElement list) =>
        list.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
        && list.EnumerateArray().Sum(item => item.GetRawText().Length + ", ".Length) <= LongestFlowList;

    /// <summary>Quotes a string that this or another reader could parse as another type.</summary>
    private void WriteText(string text) => WriteScalar(
        text,
        text.Any(NeedsEscape) ? ScalarStyle.DoubleQuoted
            : Harmless().IsMatch(text) && YamlScalar.TypeOf(text) == YamlScalarType.Text && !IsNotFinite(text) ? ScalarStyle.Any
            : ScalarStyle.SingleQuoted);

    private void WriteScalar(string text, ScalarStyle style) =>
        _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    /// <summary>Line and paragraph separators included: otherwise the emitter would fold the text at them.</summary>
    private static bool NeedsEscape(char character) => char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff';

    private static bool IsNotFinite(string text) => text.TrimStart('-', '+').ToUpperInvariant() is ".NAN" or ".INF";

    /// <summary>Much stricter than YAML's own rule: the emitter leaves some texts plain that readers reject.</summary>
    [GeneratedRegex(@"^[\p{L}\p{N}_./+(][\p{L}\p{N} _\-./:+()']*\z")]
    private static partial Regex Harmless();
}
