using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.ServiceDefaults.Yaml;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Http;

/// <summary>Reads one kind of body.</summary>
/// <param name="errors">The errors by path; empty on success.</param>
/// <returns>False if something is wrong.</returns>
internal delegate bool BodyReader<T>(JsonElement json, [NotNullWhen(true)] out T? value, out IReadOnlyDictionary<string, string[]> errors);

/// <summary>
/// A parameter of a handler: the body of the request, described in the OpenAPI document as <typeparamref name="T"/>. It is read when the handler
/// asks for it, by a reader whose errors quote what was given.
/// </summary>
internal sealed class JsonBody<T>(HttpRequest request) : IEndpointParameterMetadataProvider
{
    /// <summary>Whether the request has no body at all.</summary>
    public bool IsMissing => request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    /// <exception cref="ApiException">It cannot be read, or the reader refuses it.</exception>
    public async Task<TRead> ReadAsync<TRead>(BodyReader<TRead> read, CancellationToken cancellationToken) =>
        read(await ReadAsync(cancellationToken), out TRead? value, out IReadOnlyDictionary<string, string[]> errors) ? value : throw ApiException.BadRequest(errors);

    /// <exception cref="ApiException">It is too large, has another content type, or cannot be read.</exception>
    public Task<JsonElement> ReadAsync(CancellationToken cancellationToken) => JsonBody.ReadAsync(request, cancellationToken);

    public static ValueTask<JsonBody<T>?> BindAsync(HttpContext context) => ValueTask.FromResult<JsonBody<T>?>(new JsonBody<T>(context.Request));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T), JsonBody.ShownTypes));
}

/// <summary>Describes a body without restricting its content type: handlers refuse others themselves, and say what they accept.</summary>
internal sealed record BodyMetadata(Type RequestType, IReadOnlyList<string> ShownTypes) : IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes => [];

    public bool IsOptional => false;
}

/// <summary>Reads the body of a request as JSON, or as the same in YAML.</summary>
internal static class JsonBody
{
    public const int MostBytes = 1 << 20;

    /// <summary>The content types that the documentation names; equivalent ones are accepted too.</summary>
    public static IReadOnlyList<string> ShownTypes { get; } = ["application/json", "application/yaml", "text/yaml"];

    private static readonly string[] JsonTypes = ["application/json", "text/json"];
    private static readonly string[] YamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];

    /// <exception cref="ApiException">It is too large, has another content type, or cannot be read.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        bool isYaml = IsYaml(request.ContentType);
        string text = Decode(await ReadBytesAsync(request, cancellationToken));
        return isYaml ? ParseYaml(text) : ParseJson(text);
    }

    private static bool IsYaml(string? contentType)
    {
        string? type = MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType.Value : null;
        bool isYaml = YamlTypes.Contains(type, StringComparer.OrdinalIgnoreCase);
        return isYaml || JsonTypes.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? isYaml
            : throw ApiException.UnsupportedType(
                $"unsupported content type: \"{Quote.Shorten(contentType ?? "")}\"; allowed: {string.Join(", ", ShownTypes)}");
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            throw TooLarge();
        }

        using var body = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                throw TooLarge();
            }
        }

        return body.ToArray();
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            throw ApiException.BadRequest(SpecErrors.Root, $"not UTF-8 text: byte {exception.Index} is part of no character; allowed: UTF-8");
        }
    }

    private static JsonElement ParseJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonTexts.Require(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw ApiException.BadRequest(
                SpecErrors.Root, $"not JSON: line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}: {Reason(exception)}");
        }
    }

    /// <summary>Drops the position at the end of the message: it counts from 0.</summary>
    private static string Reason(JsonException exception)
    {
        int end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private static JsonElement ParseYaml(string text)
    {
        try
        {
            using JsonDocument document = YamlJson.ToJson(text);
            return document.RootElement.Clone();
        }
        catch (YamlSyntaxException exception)
        {
            throw ApiException.BadRequest(SpecErrors.Root, $"not YAML: {exception.Message}");
        }
    }

    private static ApiException TooLarge() => ApiException.TooLarge($"the body has more than {MostBytes:N0} bytes; allowed: at most {MostBytes:N0}");
}
