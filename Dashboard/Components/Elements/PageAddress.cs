using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>
/// Writes a page's choices into its address. The browser confirms a new address one round trip later. Until then the last choice counts:
/// otherwise a second choice would start from an address without the first, and undo it.
/// </summary>
internal sealed class PageAddress(NavigationManager navigation)
{
    /// <summary>Addresses that the browser has not confirmed yet, the newest last.</summary>
    private readonly List<string> _underWay = [];
    private string? _heard;

    /// <summary>The latest unconfirmed address; null if there is none.</summary>
    public string? Chosen => _underWay.LastOrDefault();

    /// <summary>
    /// Sets some keys, in lower case, and removes those that are null. The last value of a repeated key counts.
    /// Replaces the history entry, so that the back button leads to the previous page.
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

    /// <summary>Reads the browser's current address.</summary>
    public void Hear()
    {
        string address = navigation.Uri;
        if (address == _heard)
        {
            return;
        }

        _heard = address;
        int arrived = _underWay.IndexOf(address);

        // The user went elsewhere, by the back button or a link: earlier choices no longer count.
        _underWay.RemoveRange(0, arrived < 0 ? _underWay.Count : arrived + 1);
    }
}
