namespace Experiments.Orchestrator.Artifacts;

/// <summary>The content types of artifacts.</summary>
internal static class FileTypes
{
    public static string Of(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };
}
