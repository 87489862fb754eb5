using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Api;

/// <summary>Reads the body of a promotion: <c>{ epochs: 10 }</c>, or <c>{ }</c> for the last epoch.</summary>
public static class PromoteRunReader
{
    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out PromoteRun? promotion, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, Read, out promotion, out errors);

    private static PromoteRun? Read(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ epochs: 10 }, or { } to train to the last epoch", errors) is not { } root)
        {
            return null;
        }

        var promotion = new PromoteRun { Epochs = root.TakeOptionalInteger("epochs", 1, int.MaxValue) };
        root.RefuseOthers();
        return promotion;
    }
}
