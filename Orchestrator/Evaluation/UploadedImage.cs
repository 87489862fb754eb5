using Experiments.Orchestrator.Http;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>Reads the picture of a request: the first file of a form, whatever the name of its field.</summary>
internal static class UploadedImage
{
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Boundaries and headers of a form add to the size of the file.</summary>
    private const int MostOverhead = 64 * 1024;

    /// <exception cref="ApiException">It is too large (413), or missing (400).</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes + MostOverhead)
        {
            throw TooLarge(request.ContentLength.Value);
        }

        IFormFile file = (await ReadFormAsync(request, cancellationToken)).Files is [{ } first, ..]
            ? first
            : throw ApiException.BadRequest("image", "the form has no file; send one picture (JPEG, PNG, BMP or WebP) as a file");
        if (file.Length > MostBytes)
        {
            throw TooLarge(file.Length);
        }

        if (file.Length == 0)
        {
            throw ApiException.BadRequest("image", "the file is empty");
        }

        byte[] content = new byte[file.Length];
        await using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    /// <summary>The endpoint reads its body with <see cref="ReadAsync"/>.</summary>
    public static RouteHandlerBuilder TakesImage(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var form = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["image"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new OpenApiMediaType { Schema = form } },
            };
            return Task.CompletedTask;
        });

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            throw ApiException.BadRequest(
                "image", $"unsupported content type: \"{Query.Shorten(request.ContentType ?? "")}\"; allowed: multipart/form-data with a picture as a file");
        }

        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw ApiException.BadRequest("image", $"the form cannot be read: {exception.Message}");
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw ApiException.BadRequest("image", $"the form breaks off: {exception.Message}");
        }
    }

    private static ApiException TooLarge(long bytes) => ApiException.TooLarge($"the picture has {bytes:N0} bytes; allowed: at most {MostBytes:N0}");
}
