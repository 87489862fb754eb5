using System.Text;

namespace Experiments.TestServers;

/// <summary>What processes wrote: those that were started under one name, one after another.</summary>
/// <param name="file">Where it is kept as well; null for memory alone.</param>
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
