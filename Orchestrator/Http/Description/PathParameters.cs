namespace Experiments.Orchestrator.Http.Description;

/// <summary>What the parameters of paths are: the same in every path of a resource.</summary>
internal static class PathParameters
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["sweeps/{id}"] = "The id of the sweep.",
        ["sweeps/{sweepId}"] = "The id of the sweep.",
        ["runs/{id}"] = "The id of the run.",
        ["workers/{id}"] = "The id of the worker.",
        ["tokens/{id}"] = "The id of the token.",
        ["models/{name}"] = "The name of the model, as `GET /api/models` lists it.",
        ["datasets/{name}"] = "The name of the data set, as `GET /api/datasets` lists it.",
        ["artifacts/{name}"] = "The name of the file, as the run's `artifacts` list it.",
        ["files/{name}"] = "The name of the file.",
        ["uploads/{name}"] = "The name of the file: 1 to 128 letters, digits, `-`, `_` and `.`, and no `.` in front.",
        ["attempts/{attempt}"] = "The number of the attempt.",
        ["samples/{class}"] = "The number of the class, from 0.",
        ["{class}/{number}"] = "The number of the image among those shown of the class, from 0.",
    };

    public static string? Describe(string path, string name)
    {
        string[] parts = path.Split('/');
        int index = Array.IndexOf(parts, $"{{{name}}}");
        return index < 1 ? null : Texts.GetValueOrDefault($"{parts[index - 1]}/{parts[index]}");
    }
}
