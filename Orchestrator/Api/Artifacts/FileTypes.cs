namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>The content types of artifacts.</summary>
internal static class FileTypes
{
    /// <summary>The content type of files other than JSON and CSV.</summary>
    public const string Any = "application/octet-stream";

    public static string Of(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".csv" => "text/csv; charset=utf-8",
        _ => Any,
    };
}
