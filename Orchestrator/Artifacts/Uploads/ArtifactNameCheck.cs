using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Refuses names that could lead out of an attempt's folder, or that would collide with internal files in it.</summary>
internal static class ArtifactNameCheck
{
    /// <exception cref="ApiException">It is not a valid artifact name.</exception>
    public static void Require(string name)
    {
        if (!ArtifactName.IsFileName(name))
        {
            throw ApiException.BadRequest(
                "name", $"not allowed: \"{Quote.Shorten(name)}\"; allowed: 1 to 128 letters, digits, '-', '_' and '.', and no '.' in front");
        }
    }
}
