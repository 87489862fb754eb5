using System.Globalization;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Identifies the content of the file that the hyperparameter <c>pretrained</c> names.</summary>
internal static class WeightFingerprint
{
    /// <param name="pretrained">none, imagenet, run:&lt;id&gt; or a path.</param>
    /// <returns>Length in bytes and time of change in ticks of the file, or of what it links to; empty for what is no path.</returns>
    public static string Of(string pretrained)
    {
        if (!WeightFileNames.Fits(pretrained) || RunReference.IsRun(pretrained))
        {
            return "";
        }

        (long length, long changed) = LinkedFile.Stamp(pretrained);
        return string.Create(CultureInfo.InvariantCulture, $"{length}:{changed}");
    }
}
