using System.Text.Json;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Reads the body of an extension, see <see cref="SweepSpecReader.TryReadExtension"/>.</summary>
internal static class ExtensionBody
{
    /// <exception cref="ApiException">It has another form.</exception>
    public static GridExtension Read(JsonElement body) =>
        SweepSpecReader.TryReadExtension(body, out GridExtension? extension, out IReadOnlyDictionary<string, string[]> errors)
            ? extension
            : throw ApiException.BadRequest(errors);
}
