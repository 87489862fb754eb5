using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Identifies the content of the file that the hyperparameter <c>pretrained</c> names.</summary>
internal static class WeightFingerprint
{
    /// <param name="pretrained">none, imagenet, run:&lt;id&gt; or a path.</param>
    /// <returns>
    /// Length in bytes and modification time in ticks of the file, or of its link target, and what workers compare before they load it; empty and
    /// null when it is not a path.
    /// </returns>
    public static (string Fingerprint, SeenFiles? Seen) Of(string pretrained)
    {
        if (!WeightFileNames.IsPath(pretrained))
        {
            return ("", null);
        }

        SeenFiles seen = FileSet.Look(pretrained).Describe([]);
        return (string.Create(CultureInfo.InvariantCulture, $"{seen.Bytes}:{seen.Newest}"), seen);
    }
}
