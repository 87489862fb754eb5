namespace Experiments.ServiceDefaults.Access;

/// <summary>The names of the authorization policies. Each endpoint needs one; those that name none need <see cref="Viewer"/>.</summary>
public static class AccessPolicies
{
    /// <summary>Viewers, operators and owners.</summary>
    public const string Viewer = "viewer";

    /// <summary>Operators and owners.</summary>
    public const string Operator = "operator";

    /// <summary>Owners.</summary>
    public const string Owner = "owner";

    /// <summary>Workers.</summary>
    public const string Worker = "worker";

    /// <summary>Viewers, operators, owners and workers.</summary>
    public const string Any = "any";
}
