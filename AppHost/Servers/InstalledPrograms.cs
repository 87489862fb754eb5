namespace Experiments.AppHost.Servers;

/// <summary>The servers that are installed on this machine.</summary>
internal static class InstalledPrograms
{
    /// <summary>The start script itself on Debian; the wrapper in PATH switches to another user first.</summary>
    private const string DebianBroker = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>Folders of servers that are not in every user's PATH.</summary>
    private static readonly string[] MoreFolders = ["/usr/local/sbin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/homebrew/sbin"];

    public static string? Redis => Find("redis-server");

    public static string? RabbitMq => File.Exists(DebianBroker) ? DebianBroker : Find("rabbitmq-server");

    /// <summary>Erlang's port mapper; comes with RabbitMQ.</summary>
    public static string? PortMapper => Find("epmd");

    /// <summary>The packages that are needed but not installed.</summary>
    public static IEnumerable<string> Missing(bool needsBroker, bool needsRedis)
    {
        if (needsBroker && (RabbitMq is null || PortMapper is null))
        {
            yield return "rabbitmq-server";
        }

        if (needsRedis && Redis is null)
        {
            yield return "redis-server";
        }
    }

    private static string? Find(string program)
    {
        string name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(MoreFolders)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
