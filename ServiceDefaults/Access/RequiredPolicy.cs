using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Experiments.ServiceDefaults.Access;

/// <summary>The policy of an endpoint, one of <see cref="AccessPolicies"/>.</summary>
/// <param name="Name">The name of the policy.</param>
public sealed record RequiredPolicy(string Name);

/// <summary>Says who may call an endpoint.</summary>
public static class RequiredPolicyConventions
{
    /// <summary>Only callers of this policy may call it. Replaces what <see cref="RequirePolicies"/> would choose.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, string policy)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredPolicy(policy));

    /// <summary>
    /// Gives every endpoint of a group a policy: that of <see cref="For"/>, else <see cref="AccessPolicies.Viewer"/> for methods that only read, and
    /// <see cref="AccessPolicies.Operator"/> for all others. It is enforced where callers are identified.
    /// </summary>
    public static void RequirePolicies(this RouteGroupBuilder group, AccessMode mode) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        RequiredPolicy? policy = endpoint.Metadata.OfType<RequiredPolicy>().LastOrDefault();
        if (policy is null)
        {
            endpoint.Metadata.Add(policy = new RequiredPolicy(OnlyReads(endpoint) ? AccessPolicies.Viewer : AccessPolicies.Operator));
        }

        if (mode == AccessMode.Tokens)
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(policy.Name));
        }
    });

    private static bool OnlyReads(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: { Count: > 0 } methods }
        && methods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
}
