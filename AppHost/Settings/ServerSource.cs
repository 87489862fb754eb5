namespace Experiments.AppHost.Settings;

/// <summary>Where RabbitMQ and Redis come from; a given connection string wins over all of them.</summary>
internal enum ServerSource
{
    /// <summary>Containers where a container engine answers, else the servers that are installed on this machine.</summary>
    Automatic,

    /// <summary>Containers, of Docker or Podman.</summary>
    Containers,

    /// <summary>Programs that are installed on this machine.</summary>
    Local,

    /// <summary>Servers that run already: both connection strings have to be set.</summary>
    Given,
}
