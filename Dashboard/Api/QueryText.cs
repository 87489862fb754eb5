namespace Experiments.Dashboard.Api;

/// <summary>Writes query strings.</summary>
internal static class QueryText
{
    /// <summary><paramref name="path"/> with the parameters that have a value.</summary>
    public static string With(string path, params (string Key, string? Value)[] parameters)
    {
        string query = string.Join('&', parameters
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
