using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Api;

/// <summary>Reads the body of <c>POST /api/runs/bulk</c>: <c>{ action, ids | sweepId, status?, filter?, add?, remove?, dryRun? }</c>.</summary>
public static class BulkRequestReader
{
    private const int LongestFilter = 2_000;
    private const int LongestId = 100;

    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out BulkRequest? request, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, Read, out request, out errors);

    private static BulkRequest? Read(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ action: cancel, ids: [...] }", errors) is not { } root)
        {
            return null;
        }

        string? action = root.TakeName("action", EnumText.All<BulkAction>());
        Require(root, "action", string.Join(", ", EnumText.All<BulkAction>()));
        string? status = root.TakeName("status", EnumText.All<RunStatus>());
        var request = new BulkRequest
        {
            Action = action is null ? default : Enum.Parse<BulkAction>(action, ignoreCase: true),
            Ids = ReadIds(root),
            SweepId = root.TakeText("sweepId", LongestId),
            Status = status is null ? null : Enum.Parse<RunStatus>(status, ignoreCase: true),
            Filter = root.TakeText("filter", LongestFilter),
            Add = ReadTags(root, "add"),
            Remove = ReadTags(root, "remove"),
            DryRun = root.TakeFlag("dryRun", false),
        };
        root.RefuseOthers();
        CheckTogether(request, errors);
        return request;
    }

    private static void CheckTogether(BulkRequest request, SpecErrors errors)
    {
        if (errors.Any)
        {
            return;
        }

        if ((request.Ids is null) == (request.SweepId is null))
        {
            errors.Add("ids", $"{(request.Ids is null ? "missing" : "given together with sweepId")}; allowed: ids of runs, or the sweepId of a sweep with status and filter");
        }

        if (request.Ids is not null && (request.Status is not null || request.Filter is not null))
        {
            errors.Add(request.Filter is null ? "status" : "filter", "given together with ids; allowed: together with sweepId");
        }

        bool hasTags = request.Add.Count + request.Remove.Count > 0;
        if (hasTags != (request.Action == BulkAction.Tag))
        {
            errors.Add("add", hasTags ? $"tags given to {EnumText.Of(request.Action)}; allowed: with the action tag" : "no tags; allowed: tags to add or remove");
        }
    }

    private static List<string>? ReadIds(SpecObject root)
    {
        if (root.Take("ids") is not { } json)
        {
            return null;
        }

        var ids = new List<string>();
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            root.Wrong("ids", json.ValueKind == JsonValueKind.Array ? "empty" : "not a list", json, "a list of ids of runs");
            return ids;
        }

        foreach ((int index, JsonElement element) in json.EnumerateArray().Index())
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                ids.Add(element.GetString()!);
            }
            else
            {
                root.Wrong($"ids[{index}]", "not an id", element, "the id of a run");
            }
        }

        return [.. ids.Distinct()];
    }

    private static IReadOnlyList<string> ReadTags(SpecObject root, string key) =>
        root.Take(key) is { } json ? TagList.Read(json, key, root.Errors) : [];

    private static void Require(SpecObject root, string key, string allowed)
    {
        if (root.Entries.All(entry => entry.Key != key))
        {
            root.Errors.Add(key, $"missing; allowed: {allowed}");
        }
    }
}
