using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Grids;

/// <summary>
/// Identifies a training by what determines its result: configuration, content of the data set and of a file of weights, objective (it decides
/// which weights are the best and when to stop early), version of the trainer. Hyperparameters without effect are
/// left out. Equal keys mean equal results.
/// </summary>
public static class RunKey
{
    /// <summary>
    /// Counts the versions of the trainer that give different results for the same configuration. Must also grow
    /// when a default in <see cref="Hyperparameters"/> changes, because keys leave defaults out.
    /// </summary>
    public const int TrainerVersion = 7;

    private static readonly HyperparameterDefinition[] InOrder =
        [.. HyperparameterCatalog.All.OrderBy(definition => definition.Name, StringComparer.Ordinal)];

    /// <param name="fingerprint">Identifies the content of the data set; its location does not matter.</param>
    /// <param name="weights">Identifies the content of the file that the initial weights come from; empty where they come from no file that a user named.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(Hyperparameters hyperparameters, DatasetSpec dataset, ObjectiveSpec objective, string fingerprint, string weights = "") =>
        Hash(writer => Write(writer, HyperparameterEffects.Settle(hyperparameters), dataset, objective, fingerprint, weights));

    /// <summary>Identifies the first epoch of a training: runs with equal values train at least that one alike, see <see cref="TrainingPrefix"/>.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    /// <returns>32 lower-case hexadecimal digits; null for a run of one epoch, which shares nothing.</returns>
    public static string? OfFirstEpoch(Hyperparameters hyperparameters, DatasetSpec dataset, ObjectiveSpec objective, string fingerprint, string weights = "")
    {
        if (hyperparameters.Epochs < 2)
        {
            return null;
        }

        TrainingPrefix first = TrainingPrefix.Of(hyperparameters, 1);
        return Hash(writer => Write(writer, first.Settled, dataset, objective, fingerprint, weights, first.ScheduledEpochs))[..32];
    }

    /// <summary>Identifies the first <paramref name="epochs"/> epochs of a training among those with the same value of <see cref="OfFirstEpoch"/>.</summary>
    /// <param name="stage">That value.</param>
    /// <param name="epochs">From 2.</param>
    /// <returns>32 lower-case hexadecimal digits; null for a run that has no more epochs than these.</returns>
    public static string? OfBranch(string stage, Hyperparameters hyperparameters, int epochs)
    {
        if (epochs >= hyperparameters.Epochs)
        {
            return null;
        }

        TrainingPrefix prefix = TrainingPrefix.Of(hyperparameters, epochs);
        return Hash(writer => Write(writer, prefix.Settled, new DatasetSpec { Name = "" }, ObjectiveSpec.Default, stage, "", prefix.ScheduledEpochs))[..32];
    }

    private static string Hash(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(
        Utf8JsonWriter writer,
        Hyperparameters hyperparameters,
        DatasetSpec dataset,
        ObjectiveSpec objective,
        string fingerprint,
        string weights,
        int? scheduledEpochs = null)
    {
        writer.WriteStartObject();
        writer.WriteNumber("trainer", TrainerVersion);
        if (scheduledEpochs is { } scheduled)
        {
            writer.WriteNumber("scheduledEpochs", scheduled);
        }

        writer.WriteString("fingerprint", fingerprint);
        if (weights.Length > 0)
        {
            // Left out otherwise, so that the keys of runs without such a file stay the same.
            writer.WriteString("weights", weights);
        }

        writer.WriteString("dataset", dataset.Name);
        writer.WriteNumber("validationFraction", dataset.ValidationFraction);
        writer.WriteNumber("limit", dataset.Limit ?? 0);
        writer.WriteBoolean("skipCorrupt", dataset.SkipCorrupt);
        writer.WriteString("metric", objective.Metric);
        writer.WriteString("goal", EnumText.Of(objective.Goal));
        writer.WriteStartObject("hyperparameters");
        foreach (HyperparameterDefinition definition in InOrder)
        {
            // Defaults are left out, so that keys stay the same when a hyperparameter is added.
            object? value = definition.Get(hyperparameters);
            if (!Equals(value, definition.Get(Hyperparameters.Default)))
            {
                writer.WritePropertyName(definition.Name);
                definition.Write(writer, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
