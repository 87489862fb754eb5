using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Hosting;

/// <summary>Keeps <c>Add…</c> methods harmless when several services share one container, as in Standalone.</summary>
internal static class Registration
{
    /// <summary>True the first time that <paramref name="what"/> is added to this container.</summary>
    public static bool MarkAdded(this IServiceCollection services, string what)
    {
        if (services.Any(service => service.ImplementationInstance is Marker marker && marker.What == what))
        {
            return false;
        }

        services.AddSingleton(new Marker(what));
        return true;
    }

    private sealed record Marker(string What);
}
