using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Access;

/// <summary>Without authentication a service may listen on loopback only.</summary>
internal static class ListenCheck
{
    /// <exception cref="ServiceConfigurationException">Other machines could reach the service, and it would let them do everything.</exception>
    public static void Require(IConfiguration configuration)
    {
        if (AccessOptions.ModeOf(configuration) == AccessMode.Open && ListenAddresses.FirstBeyondLoopback(configuration) is { } address)
        {
            throw new ServiceConfigurationException(
                $"the service would listen on \"{address}\", where other machines can reach it without a login: "
                + $"set {AccessOptions.ModeKey}=tokens ({AccessOptions.Section}__{nameof(AccessOptions.Mode)}=tokens), or an address on loopback such as http://localhost:5080");
        }
    }
}
