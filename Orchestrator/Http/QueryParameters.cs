using Experiments.Contracts.Documents;

namespace Experiments.Orchestrator.Http;

/// <summary>
/// The parameters in the query of a request, each a property: <see cref="QueryReader"/> says of which types. The initial value is the default, and
/// the comments describe the parameters in the OpenAPI document.
/// </summary>
internal abstract class QueryParameters
{
    private readonly SpecErrors _errors = new();

    /// <summary>Collects an error, so that all are answered together.</summary>
    public void Refuse(string name, string problem) => _errors.Add(name, problem);

    /// <exception cref="ApiException">A parameter is not valid.</exception>
    public void ThrowIfInvalid()
    {
        if (_errors.Any)
        {
            throw ApiException.BadRequest(_errors.ToDictionary());
        }
    }
}
