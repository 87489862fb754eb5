using System.Text.Json;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Sweeps;

/// <summary>Writes hyperparameters with their values, as grids and exclusions have them.</summary>
internal static class AxisBlock
{
    /// <param name="scalarWhereSingle">Writes a single value without a list around it.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GridAxis> axes, bool scalarWhereSingle = false)
    {
        writer.WriteStartObject();
        foreach (GridAxis axis in axes)
        {
            writer.WritePropertyName(axis.Hyperparameter.Name);
            if (scalarWhereSingle && axis.Values.Count == 1)
            {
                axis.Hyperparameter.Write(writer, axis.Values[0]);
                continue;
            }

            WriteValues(writer, axis.Hyperparameter, axis.Values);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes values as a list.</summary>
    public static void WriteValues(Utf8JsonWriter writer, HyperparameterDefinition hyperparameter, IReadOnlyList<object?> values)
    {
        writer.WriteStartArray();
        foreach (object? value in values)
        {
            hyperparameter.Write(writer, value);
        }

        writer.WriteEndArray();
    }
}
