using System.Text;

namespace Experiments.TestServers;

/// <summary>The output of successive processes under one name.</summary>
/// <param name="file">A file for the output; null for memory only.</param>
public sealed class ProcessLog(string? file = null)
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public void Add(string? line)
    {
        lock (_text)
        {
            _text.AppendLine(line);
            if (file is not null)
            {
                File.AppendAllText(file, line + Environment.NewLine);
            }
        }
    }
}
