using System.Globalization;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Identifies the content of the file that the hyperparameter <c>pretrained</c> names.</summary>
internal static class WeightFingerprint
{
    /// <param name="pretrained">none, imagenet, run:&lt;id&gt; or a path.</param>
    /// <returns>Length in bytes and time of change in ticks of the file, or of what it links to; empty for what is no path.</returns>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">Its folder cannot be looked into.</exception>
    public static string Of(string pretrained)
    {
        if (!WeightFileNames.Fits(pretrained) || RunReference.IsRun(pretrained))
        {
            return "";
        }

        FileInfo file = LinkTarget.Of(new FileInfo(pretrained));
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length}:{file.LastWriteTimeUtc.Ticks}");
    }
}
