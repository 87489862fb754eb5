using System.Globalization;
using System.Text;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Finds the line of a value in a YAML text, to show an error next to it.</summary>
public static class YamlPositions
{
    /// <summary>Longer paths are left out, so that long keys cannot fill the memory.</summary>
    private const int MaxPathLength = 512;

    /// <summary>
    /// The line (from 1) of every value by its path, such as <c>grid.learningRate[1]</c>; of a mapping's entry, the line of the key.
    /// For an invalid text, the values before the first error.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Find(string yaml)
    {
        var sink = new Sink();
        try
        {
            new YamlReader(yaml, sink).Read();
        }
        catch (YamlSyntaxException)
        {
            // The caller has already seen this error when it read the text.
        }

        return sink.Lines;
    }

    private sealed class Sink : IYamlSink
    {
        private readonly StringBuilder _path = new();
        private readonly Stack<Level> _levels = new();

        public Dictionary<string, int> Lines { get; } = new(StringComparer.Ordinal);

        public void BeginMapping(int line) => Begin(line, isList: false);

        public void BeginList(int line) => Begin(line, isList: true);

        public void EndMapping() => _levels.Pop();

        public void EndList() => _levels.Pop();

        public void Key(string name, int line)
        {
            Level level = _levels.Peek();
            _path.Length = level.PathLength;
            _path.Append(_path.Length > 0 ? "." : "").Append(name);
            Record(line);
        }

        public void Scalar(string text, bool plain, int line) => Enter(line);

        private void Begin(int line, bool isList)
        {
            Enter(line);
            _levels.Push(new Level(isList, _path.Length));
        }

        private void Enter(int line)
        {
            if (_levels.TryPeek(out Level? level) && level.IsList)
            {
                _path.Length = level.PathLength;
                _path.Append(CultureInfo.InvariantCulture, $"[{level.Count++}]");
                Record(line);
            }
        }

        private void Record(int line)
        {
            if (_path.Length <= MaxPathLength)
            {
                Lines[_path.ToString()] = line;
            }
        }
    }

    private sealed class Level(bool isList, int pathLength)
    {
        public bool IsList { get; } = isList;

        public int PathLength { get; } = pathLength;

        public int Count { get; set; }
    }
}
