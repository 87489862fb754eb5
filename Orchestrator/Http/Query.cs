using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Experiments.Orchestrator.Http;

/// <summary>A parameter of a handler: the query of the request, described in the OpenAPI document by the properties of <typeparamref name="T"/>.</summary>
internal sealed class Query<T>(T values) : IEndpointParameterMetadataProvider
    where T : QueryParameters, new()
{
    /// <summary>Errors are collected in it, and not thrown yet.</summary>
    public T Values => values;

    public static ValueTask<Query<T>?> BindAsync(HttpContext context) => ValueTask.FromResult<Query<T>?>(new Query<T>(QueryReader.Read<T>(context.Request.Query)));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryMetadata(new T()));
}

/// <param name="Defaults">The parameters of a request without a query.</param>
internal sealed record QueryMetadata(QueryParameters Defaults);
