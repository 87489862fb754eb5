using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Files;

/// <summary>Checks a setting that is a list of folders: a value in another form would bind to an empty list, and allow every folder.</summary>
public static class RootsSetting
{
    /// <param name="key">Such as <c>Datasets:Roots</c>.</param>
    /// <exception cref="ServiceConfigurationException">It is not a list, or a path is not a full path.</exception>
    public static void Require(IConfiguration configuration, string key)
    {
        IConfigurationSection roots = configuration.GetSection(key);
        if (!string.IsNullOrWhiteSpace(roots.Value))
        {
            throw new ServiceConfigurationException($"{key} is \"{roots.Value}\"; allowed: a list of full paths: write {key}:0={roots.Value}");
        }

        foreach (IConfigurationSection root in roots.GetChildren().Where(root => root.Value is not { } path || !Path.IsPathFullyQualified(path)))
        {
            throw new ServiceConfigurationException($"{root.Path} is \"{root.Value}\"; allowed: a full path, such as /data");
        }
    }
}
