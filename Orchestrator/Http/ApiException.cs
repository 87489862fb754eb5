namespace Experiments.Orchestrator.Http;

/// <summary>A request that cannot be fulfilled, for a reason that the caller can correct.</summary>
public sealed class ApiException : Exception
{
    private ApiException(int status, string title, IReadOnlyDictionary<string, string[]> errors)
        : base(title)
    {
        Status = status;
        Errors = errors;
    }

    public int Status { get; }

    /// <summary>The errors by path.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    public static ApiException BadRequest(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "The request is not valid.", errors);

    public static ApiException BadRequest(string path, string problem) => BadRequest(One(path, problem));

    public static ApiException NotFound(string what, string id) =>
        new(StatusCodes.Status404NotFound, $"There is no {what} \"{Quote.Shorten(id)}\".", One("id", $"no {what} has the id \"{Quote.Shorten(id)}\""));

    /// <summary>Part of an existing resource is missing.</summary>
    public static ApiException Missing(string title, string problem) =>
        new(StatusCodes.Status404NotFound, title, One("id", problem));

    /// <summary>No worker or service that could answer is available.</summary>
    public static ApiException Unavailable(string problem) =>
        new(StatusCodes.Status503ServiceUnavailable, "No worker can answer that now.", One("worker", problem));

    public static ApiException WorkerFailed(string problem) =>
        new(StatusCodes.Status502BadGateway, "The worker failed.", One("worker", problem));

    public static ApiException Conflict(string problem) =>
        new(StatusCodes.Status409Conflict, "That is not possible now.", One("status", problem));

    /// <summary>A resource cannot be deleted because others need it.</summary>
    public static ApiException Needed(IReadOnlyList<string> needs) =>
        new(StatusCodes.Status409Conflict, "Others still need it.", new Dictionary<string, string[]> { ["neededBy"] = [.. needs] });

    /// <summary>The upload does not continue where the received bytes end.</summary>
    public static ApiException WrongOffset(string problem) =>
        new(StatusCodes.Status416RangeNotSatisfiable, "The upload cannot continue there.", One("Content-Range", problem));

    /// <summary>Another request is doing the same.</summary>
    public static ApiException Busy(string problem) =>
        new(StatusCodes.Status423Locked, "That is being done already.", One("name", problem));

    public static ApiException NoSpace(string path, string problem) =>
        new(StatusCodes.Status507InsufficientStorage, "There is not enough disk space.", One(path, problem));

    public static ApiException TooLarge(string problem) =>
        new(StatusCodes.Status413PayloadTooLarge, "The request is too large.", One("$", problem));

    public static ApiException UnsupportedType(string problem) =>
        new(StatusCodes.Status415UnsupportedMediaType, "The content type is not supported.", One("$", problem));

    /// <summary>The request is well-formed but cannot be fulfilled.</summary>
    public static ApiException Impossible(string title, string path, string problem) =>
        new(StatusCodes.Status422UnprocessableEntity, title, One(path, problem));

    public static ApiException CannotRun(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "The sweep cannot run.", errors);

    private static Dictionary<string, string[]> One(string path, string problem) => new() { [path] = [problem] };
}
