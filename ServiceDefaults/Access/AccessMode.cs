namespace Experiments.ServiceDefaults.Access;

/// <summary>How callers are identified.</summary>
public enum AccessMode
{
    /// <summary>They are not: every program on this machine may do everything. Only for services that listen on loopback.</summary>
    Open,

    /// <summary>By a token: users, scripts and workers have tokens of their own.</summary>
    Tokens,
}
