using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>
/// Puts what is chosen on a page into its address. The address is the browser's and comes back a trip later. Until then the last choice counts:
/// a second one that is made meanwhile would else begin from an address without the first, and undo it.
/// </summary>
internal sealed class PageAddress(NavigationManager navigation)
{
    /// <summary>Addresses that were asked for and have not come back, the newest last.</summary>
    private readonly List<string> _underWay = [];
    private string? _heard;

    /// <summary>The address to be; null when nothing is under way.</summary>
    public string? Chosen => _underWay.LastOrDefault();

    /// <summary>
    /// Changes the values of some keys, in lower case, and takes off those that are null; of a key that is named twice the last value counts.
    /// The address before it is replaced: the back button leads to the page from which this one was reached.
    /// </summary>
    public void Change(params IEnumerable<(string Key, object? Value)> changes)
    {
        var query = new Dictionary<string, object?>();
        foreach ((string key, object? value) in changes)
        {
            query[key.ToLowerInvariant()] = value;
        }

        Hear();
        string address = navigation.GetUriWithQueryParameters(Chosen ?? navigation.Uri, query);
        _underWay.Add(address);
        navigation.NavigateTo(address, replace: true);
        Hear();
    }

    /// <summary>Looks where the browser is by now.</summary>
    public void Hear()
    {
        string address = navigation.Uri;
        if (address == _heard)
        {
            return;
        }

        _heard = address;
        int arrived = _underWay.IndexOf(address);

        // The back button, a link: whoever goes elsewhere means that, not what was chosen before.
        _underWay.RemoveRange(0, arrived < 0 ? _underWay.Count : arrived + 1);
    }
}
