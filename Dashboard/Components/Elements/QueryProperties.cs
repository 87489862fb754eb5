using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>Sets the properties of a page from an address as the router would, see <see cref="SupplyParameterFromQueryAttribute"/>.</summary>
internal static class QueryProperties
{
    private static readonly ConcurrentDictionary<Type, (string Key, PropertyInfo Property)[]> Known = new();

    public static void Set(object page, string address)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(address).Query);
        foreach ((string key, PropertyInfo property) in Known.GetOrAdd(page.GetType(), Find))
        {
            property.SetValue(page, query.TryGetValue(key, out StringValues values) ? values[0] : null);
        }
    }

    private static (string Key, PropertyInfo Property)[] Find(Type page) =>
    [
        .. from property in page.GetProperties()
           let attribute = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
           where attribute is not null
           select (attribute.Name ?? property.Name, property),
    ];
}
