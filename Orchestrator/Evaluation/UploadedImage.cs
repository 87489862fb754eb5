using System.Reflection;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>A parameter of a handler: the uploaded image, which is the first file of the form in the body; its field may have any name.</summary>
internal sealed class UploadedImage(HttpRequest request) : IEndpointParameterMetadataProvider
{
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Boundaries and headers of a form add to the size of the file.</summary>
    private const int MostOverhead = 64 * 1024;

    /// <exception cref="ApiException">It is too large (413), or missing (400).</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes + MostOverhead)
        {
            throw TooLarge(request.ContentLength.Value);
        }

        IFormFile file = (await ReadFormAsync(cancellationToken)).Files is [{ } first, ..]
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

    public static ValueTask<UploadedImage?> BindAsync(HttpContext context) => ValueTask.FromResult<UploadedImage?>(new UploadedImage(context.Request));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new BodyMetadata(typeof(ImageForm), ["multipart/form-data"]));

    private async Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            throw ApiException.BadRequest(
                "image", $"unsupported content type: \"{Quote.Shorten(request.ContentType ?? "")}\"; allowed: multipart/form-data with a picture as a file");
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

/// <summary>A form with an image.</summary>
/// <param name="Image">A JPEG, PNG, BMP or WebP file of at most 20 MB.</param>
internal sealed record ImageForm(Stream Image);
