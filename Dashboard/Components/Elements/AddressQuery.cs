using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>Puts what is chosen on a page into its address.</summary>
public static class AddressQuery
{
    extension(NavigationManager navigation)
    {
        /// <summary>
        /// Changes the values of some keys, in lower case, and takes off those that are null; of a key that is named twice the last value counts.
        /// The address before it is replaced: the back button leads to the page from which this one was reached.
        /// </summary>
        public void ChangeQuery(params IEnumerable<(string Key, object? Value)> changes)
        {
            var query = new Dictionary<string, object?>();
            foreach ((string key, object? value) in changes)
            {
                query[key.ToLowerInvariant()] = value;
            }

            navigation.NavigateTo(navigation.GetUriWithQueryParameters(query), replace: true);
        }
    }
}
