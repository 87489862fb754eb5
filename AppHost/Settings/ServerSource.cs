namespace Experiments.AppHost.Settings;

/// <summary>The source of RabbitMQ and Redis; a given connection string wins over all of them.</summary>
internal enum ServerSource
{
    /// <summary>Containers if a container engine answers, else the servers that are installed on this machine.</summary>
    Automatic,

    /// <summary>Containers, of Docker or Podman.</summary>
    Containers,

    /// <summary>Programs that are installed on this machine.</summary>
    Local,

    /// <summary>Running servers: both connection strings have to be set.</summary>
    Given,
}
