using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Uploads;

/// <summary>Refuses names that could lead out of an attempt's folder, or to what is kept there besides its files.</summary>
internal static class ArtifactNameCheck
{
    /// <exception cref="ApiException">It is not the name of an artifact.</exception>
    public static void Require(string name)
    {
        if (!ArtifactName.IsFileName(name))
        {
            throw ApiException.BadRequest(
                "name", $"not allowed: \"{Query.Shorten(name)}\"; allowed: 1 to 128 letters, digits, '-', '_' and '.', and no '.' in front");
        }
    }
}
