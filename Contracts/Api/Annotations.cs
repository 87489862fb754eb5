using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Api;

/// <summary>Changes to the name, tags and notes of a run; null leaves a value unchanged.</summary>
/// <param name="Name">Empty to remove the name.</param>
public sealed record RunChange(IReadOnlyList<string>? Tags = null, string? Notes = null, string? Name = null);

/// <summary>Changes to the name, tags and notes of a sweep, and whether it is archived; null leaves a value unchanged.</summary>
public sealed record SweepChange(IReadOnlyList<string>? Tags = null, string? Notes = null, bool? Archived = null, string? Name = null);

/// <summary>Reads the body of <c>PATCH</c> for a run or a sweep.</summary>
public static class Annotations
{
    /// <summary>Characters.</summary>
    public const int LongestNotes = 20_000;

    /// <summary>The most characters of a run's name; for sweeps see <see cref="SweepSpecReader.LongestName"/>.</summary>
    public const int LongestRunName = 100;

    /// <summary>Reads <c>{ name?, tags?, notes? }</c>.</summary>
    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out RunChange? change, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, ReadRun, out change, out errors);

    /// <summary>Reads <c>{ name?, tags?, notes?, archived? }</c>.</summary>
    /// <inheritdoc cref="TryRead(JsonElement, out RunChange?, out IReadOnlyDictionary{string, string[]})" path="/param"/>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out SweepChange? change, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, ReadSweep, out change, out errors);

    private static RunChange? ReadRun(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ name: text, tags: [good], notes: text }", errors) is not { } root)
        {
            return null;
        }

        var change = new RunChange(TakeTags(root), TakeNotes(root), TakeRunName(root));
        root.RefuseOthers();
        return change;
    }

    private static SweepChange? ReadSweep(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ name: text, tags: [good], notes: text, archived: true }", errors) is not { } root)
        {
            return null;
        }

        bool isGiven = root.Entries.Any(entry => entry.Key == "archived");
        bool archived = root.TakeFlag("archived", false);
        var change = new SweepChange(
            TakeTags(root), TakeNotes(root), isGiven ? archived : null, root.TakeText("name", SweepSpecReader.LongestName)?.Trim());
        root.RefuseOthers();
        return change;
    }

    private static IReadOnlyList<string>? TakeTags(SpecObject root) =>
        root.Take("tags") is { } json ? TagList.Read(json, root.PathOf("tags"), root.Errors) : null;

    private static string? TakeRunName(SpecObject root) =>
        root.Take("name") is { ValueKind: JsonValueKind.String } json && json.GetString() is "" ? "" : root.TakeText("name", LongestRunName)?.Trim();

    private static string? TakeNotes(SpecObject root)
    {
        if (root.Take("notes") is not { } json)
        {
            return null;
        }

        if (json.ValueKind == JsonValueKind.String && json.GetString() is { Length: <= LongestNotes } text)
        {
            return Nfc.Of(text);
        }

        root.Wrong("notes", json.ValueKind == JsonValueKind.String ? "too long" : "not a text", json, $"a text of at most {LongestNotes} characters");
        return null;
    }
}
