using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Logs each refused name only once, so that requests cannot flood the log.</summary>
internal sealed class RefusalLog(ILogger logger)
{
    private const int MostNames = 100;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

    public void Note(string what, string name, string setting)
    {
        if (_told.Count < MostNames && _told.TryAdd(name, true))
        {
            logger.LogWarning("Requests for the {What} {Name} are refused; {Setting} would allow it", what, name, setting);
        }
    }
}
