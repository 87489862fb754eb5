using System.Text.Json;

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

            writer.WriteStartArray();
            foreach (object? value in axis.Values)
            {
                axis.Hyperparameter.Write(writer, value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
