using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Tests;

/// <summary>An address that is somewhere else only when the browser says so, as it is for a page whose server is a network away.</summary>
internal sealed class LateNavigation : NavigationManager
{
    private readonly Queue<string> _underWay = [];

    public LateNavigation(string address) => Initialize("http://localhost/", new Uri(new Uri("http://localhost/"), address).AbsoluteUri);

    /// <summary>What comes after the host.</summary>
    public string PathAndQuery => new Uri(Uri).PathAndQuery;

    /// <summary>The browser has gone where it was sent first.</summary>
    public void Arrive() => Leave(_underWay.Dequeue());

    /// <summary>The browser has gone somewhere by itself.</summary>
    public void Leave(string address)
    {
        Uri = ToAbsoluteUri(address).AbsoluteUri;
        NotifyLocationChanged(isInterceptedLink: false);
    }

    protected override void NavigateToCore(string uri, NavigationOptions options) => _underWay.Enqueue(uri);
}
