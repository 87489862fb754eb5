using Experiments.Contracts.Api;
using Experiments.Contracts.Documents;

namespace Experiments.Orchestrator.Control;

/// <summary>Adds and removes tags. Pure.</summary>
internal sealed record TagEdit(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public static TagEdit Of(BulkRequest request) => new(request.Add, request.Remove);

    /// <summary>A tag that is both added and removed is kept.</summary>
    public List<string> Apply(IReadOnlyList<string> tags) => [.. tags.Except(Remove).Union(Add)];

    /// <summary>Why it cannot be applied; null when it can.</summary>
    public string? WhyNot(IReadOnlyList<string> tags) => Apply(tags).Count is var count and > TagList.MostTags
        ? $"it would have {count} tags; allowed: at most {TagList.MostTags}"
        : null;
}
