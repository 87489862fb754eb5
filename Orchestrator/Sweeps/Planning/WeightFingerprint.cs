using System.Globalization;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Identifies the content of the file that the hyperparameter <c>pretrained</c> names.</summary>
internal static class WeightFingerprint
{
    /// <param name="pretrained">none, imagenet, run:&lt;id&gt; or a path.</param>
    /// <returns>
    /// Length in bytes and time of change in ticks of the file, or of what it links to, and what workers compare before they load it; empty and null for what
    /// is no path.
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
