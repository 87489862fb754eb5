using System.Text;
using System.Text.Json;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Writes JSON as block YAML, with short lists of scalars on one line.</summary>
internal sealed class YamlWriter
{
    private const int MaxLineLength = 100;
    private const int IndentWidth = 2;

    /// <summary>Readers need not look farther than 1024 characters for the colon after a key.</summary>
    private const int MaxSimpleKeyLength = 1000;

    private readonly StringBuilder _text = new();

    public string Write(JsonElement json)
    {
        WriteNode(json, indent: 0);
        return _text.ToString();
    }

    /// <summary>Writes a node whose first line begins where the text stands now, and whose others begin at <paramref name="indent"/>.</summary>
    private void WriteNode(JsonElement node, int indent)
    {
        if (OnOneLine(node, indent) is { } line)
        {
            _text.Append(line).Append('\n');
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            WriteMapping(node, indent);
        }
        else
        {
            WriteList(node, indent);
        }
    }

    private void WriteMapping(JsonElement mapping, int indent)
    {
        var first = true;
        foreach (JsonProperty property in mapping.EnumerateObject())
        {
            Indent(ref first, indent);
            WriteKey(YamlText.Quote(property.Name), indent);
            if (OnOneLine(property.Value, indent) is { } line)
            {
                _text.Append(' ').Append(line).Append('\n');
            }
            else
            {
                int inner = indent + IndentWidth;
                _text.Append('\n').Append(' ', inner);
                WriteNode(property.Value, inner);
            }
        }
    }

    private void WriteKey(string key, int indent)
    {
        if (key.Length <= MaxSimpleKeyLength)
        {
            _text.Append(key).Append(':');
        }
        else
        {
            _text.Append("? ").Append(key).Append('\n').Append(' ', indent).Append(':');
        }
    }

    private void WriteList(JsonElement list, int indent)
    {
        var first = true;
        foreach (JsonElement item in list.EnumerateArray())
        {
            Indent(ref first, indent);
            _text.Append("- ");
            WriteNode(item, indent + IndentWidth);
        }
    }

    private void Indent(ref bool first, int indent)
    {
        if (!first)
        {
            _text.Append(' ', indent);
        }

        first = false;
    }

    /// <summary>Scalars, empty mappings and lists, and lists of scalars that are short enough; null for what needs lines of its own.</summary>
    private static string? OnOneLine(JsonElement node, int indent) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Any() ? null : "{}",
        JsonValueKind.Array => FlowList(node, indent),
        JsonValueKind.Number => YamlNumber.Pretty(node.GetRawText()),
        JsonValueKind.String => YamlText.Quote(node.GetString()!),
        _ => node.GetRawText(),
    };

    private static string? FlowList(JsonElement list, int indent)
    {
        if (list.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Array or JsonValueKind.Object))
        {
            return null;
        }

        string line = "[" + string.Join(", ", list.EnumerateArray().Select(item => OnOneLine(item, indent))) + "]";
        return line.Length == 2 || indent + line.Length <= MaxLineLength ? line : null;
    }
}
