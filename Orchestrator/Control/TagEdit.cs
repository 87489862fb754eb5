using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Control;

/// <summary>Tags that come and go. Pure.</summary>
internal sealed record TagEdit(IReadOnlyList<string> Add, IReadOnlyList<string> Remove)
{
    public static TagEdit Of(BulkRequest request) => new(request.Add, request.Remove);

    /// <summary>One that is both added and removed is there in the end.</summary>
    public List<string> Apply(IReadOnlyList<string> tags) => [.. tags.Except(Remove).Union(Add)];

    /// <summary>Null when it can be applied.</summary>
    public string? WhyNot(IReadOnlyList<string> tags) => Apply(tags).Count is var count and > TagList.MostTags
        ? $"it would have {count} tags; allowed: at most {TagList.MostTags}"
        : null;
}
