using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Tests;

/// <summary>A navigation manager whose address changes only when the browser reports it, as with a remote server.</summary>
internal sealed class LateNavigation : NavigationManager
{
    private readonly Queue<string> _underWay = [];

    public LateNavigation(string address) => Initialize("http://localhost/", new Uri(new Uri("http://localhost/"), address).AbsoluteUri);

    /// <summary>The path and query.</summary>
    public string PathAndQuery => new Uri(Uri).PathAndQuery;

    /// <summary>The browser reports the first pending navigation.</summary>
    public void Arrive() => Leave(_underWay.Dequeue());

    /// <summary>The browser navigates by itself.</summary>
    public void Leave(string address)
    {
        Uri = ToAbsoluteUri(address).AbsoluteUri;
        NotifyLocationChanged(isInterceptedLink: false);
    }

    protected override void NavigateToCore(string uri, NavigationOptions options) => _underWay.Enqueue(uri);
}
