namespace Experiments.Orchestrator.Sweeps;

/// <summary>What a link points at: that is what training reads.</summary>
internal static class LinkTarget
{
    /// <returns>The file itself where it is no link, or one that leads in a circle.</returns>
    public static FileInfo Of(FileInfo file)
    {
        try
        {
            return file.Attributes.HasFlag(FileAttributes.ReparsePoint) ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file;
        }
        catch (IOException)
        {
            // It leads in a circle, so that there is nothing to read: training names it, as it does where a link leads nowhere.
            return file;
        }
    }
}
