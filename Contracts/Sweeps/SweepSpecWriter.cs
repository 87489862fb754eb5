using System.Buffers;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Sweeps;

/// <summary>Writes a sweep in the form of a sweep file, leaving out what has its default value.</summary>
public static class SweepSpecWriter
{
    /// <summary>JSON that <see cref="SweepSpecReader.TryRead"/> reads back as an equal sweep.</summary>
    public static JsonElement ToJson(SweepSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, spec);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, SweepSpec spec)
    {
        writer.WriteStartObject();
        writer.WriteString("name", spec.Name);
        writer.WritePropertyName("dataset");
        DatasetBlock.Write(writer, spec.Dataset);
        WriteObjective(writer, spec.Objective);
        WriteBase(writer, spec.Base);
        GridBlock.Write(writer, spec.Grids);
        SpaceBlock.Write(writer, spec.Space);
        SearchBlock.Write(writer, spec.Search);
        StoppingBlock.Write(writer, spec.Stopping);
        WriteList(writer, "exclude", spec.Exclude, exclusion => AxisBlock.Write(writer, exclusion.Matches, scalarWhereSingle: true));
        WriteUnlessDefault(writer, "priority", spec.Priority, 0);
        WriteUnlessDefault(writer, "maxAttempts", spec.MaxAttempts, SweepSpec.DefaultMaxAttempts);
        if (spec.MaxConcurrency is { } most)
        {
            writer.WriteNumber("maxConcurrency", most);
        }

        if (!spec.Reuse)
        {
            writer.WriteBoolean("reuse", false);
        }

        if (!spec.Share)
        {
            writer.WriteBoolean("share", false);
        }

        WriteList(writer, "tags", spec.Tags, writer.WriteStringValue);
        WriteUnlessDefault(writer, "maxRuns", spec.MaxRuns, SweepSpec.DefaultMaxRuns);
        writer.WriteEndObject();
    }

    private static void WriteObjective(Utf8JsonWriter writer, ObjectiveSpec objective)
    {
        writer.WriteStartObject("objective");
        writer.WriteString("metric", objective.Metric);
        writer.WriteString("goal", EnumText.Of(objective.Goal));
        writer.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter writer, IReadOnlyList<Assignment> assignments)
    {
        if (assignments.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("base");
        foreach (Assignment assignment in assignments)
        {
            writer.WritePropertyName(assignment.Hyperparameter.Name);
            assignment.Hyperparameter.Write(writer, assignment.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteUnlessDefault(Utf8JsonWriter writer, string name, int value, int standard)
    {
        if (value != standard)
        {
            writer.WriteNumber(name, value);
        }
    }
}
