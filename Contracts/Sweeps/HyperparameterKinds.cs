using System.Globalization;
using System.Text.Json;

namespace Experiments.Contracts.Sweeps;

/// <summary>A whole number in a closed range; null as well where optional.</summary>
internal sealed class IntegerHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    long minimum,
    long maximum,
    Func<Hyperparameters, long?> get,
    Func<Hyperparameters, long?, Hyperparameters> set,
    bool optional = false)
    : HyperparameterDefinition(name, label, group, description, optional)
{
    public override HyperparameterKind Kind => HyperparameterKind.Integer;

    public override string Allowed => string.Create(
        CultureInfo.InvariantCulture,
        $"a whole number from {minimum} to {maximum}{(Optional ? ", or null" : "")}");

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (long?)value);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (Optional && json.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        // 1e2 and 64.0 are whole numbers too, as people write them in YAML.
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out double number) || number != Math.Floor(number))
        {
            problem = Problem("not a whole number", json);
            return false;
        }

        if (number < minimum || number > maximum)
        {
            problem = Problem("out of range", json);
            return false;
        }

        value = json.TryGetInt64(out long exact) ? exact : (long)number;
        return true;
    }

    public override void Write(Utf8JsonWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue((long)value);
        }
    }
}

/// <summary>A finite number in a range whose ends may be excluded; null as well where optional.</summary>
internal sealed class NumberHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    NumberRange range,
    Func<Hyperparameters, double?> get,
    Func<Hyperparameters, double?, Hyperparameters> set,
    bool optional = false)
    : HyperparameterDefinition(name, label, group, description, optional)
{
    public override HyperparameterKind Kind => HyperparameterKind.Number;

    public override string Allowed => $"{range}{(Optional ? ", or null" : "")}";

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (double?)value);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (Optional && json.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        // A huge literal such as 1e999 parses to infinity.
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out double number) || !double.IsFinite(number))
        {
            problem = Problem("not a finite number", json);
            return false;
        }

        if (!range.Contains(number))
        {
            problem = Problem("out of range", json);
            return false;
        }

        // -0 equals 0 but is written differently, which would make two keys of one configuration.
        value = number == 0 ? 0.0 : number;
        return true;
    }

    public override void Write(Utf8JsonWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteNumberValue((double)value);
        }
    }
}

/// <summary>One of a fixed set of names.</summary>
internal sealed class ChoiceHyperparameter(
    string name,
    string label,
    HyperparameterGroup group,
    string description,
    Func<IReadOnlyList<string>> choices,
    Func<Hyperparameters, string> get,
    Func<Hyperparameters, string, Hyperparameters> set)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.Choice;

    public override IReadOnlyList<string> Choices => choices();

    public override string Allowed => string.Join(", ", Choices);

    public override object? Get(Hyperparameters hyperparameters) => get(hyperparameters);

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => set(hyperparameters, (string)value!);

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        if (json.ValueKind == JsonValueKind.String && Choices.Contains(json.GetString()!))
        {
            value = json.GetString();
            return true;
        }

        problem = Problem(json.ValueKind == JsonValueKind.String ? "unknown value" : "not a name", json);
        if (json.ValueKind == JsonValueKind.String && NearestName.Find(json.GetString()!, Choices) is { } nearest)
        {
            problem += $"; did you mean \"{nearest}\"?";
        }

        return false;
    }

    public override void Write(Utf8JsonWriter writer, object? value) => writer.WriteStringValue((string)value!);
}

/// <summary>Where the initial weights come from: a few names and two open forms.</summary>
internal sealed class PretrainedHyperparameter(string name, string label, HyperparameterGroup group, string description)
    : HyperparameterDefinition(name, label, group, description)
{
    public override HyperparameterKind Kind => HyperparameterKind.Text;

    public override string Allowed => "none, imagenet, run:<id>, or the path of a .safetensors file";

    public override object? Get(Hyperparameters hyperparameters) => hyperparameters.Pretrained;

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) =>
        hyperparameters with { Pretrained = (string)value! };

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        string? text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        if (text is "none" or "imagenet" || IsRun(text) || IsFile(text))
        {
            value = text;
            return true;
        }

        problem = Problem("unknown source of weights", json);
        return false;
    }

    public override void Write(Utf8JsonWriter writer, object? value) => writer.WriteStringValue((string)value!);

    private static bool IsRun(string? text) =>
        text is not null && text.StartsWith("run:", StringComparison.Ordinal) && text.Length > "run:".Length;

    private static bool IsFile(string? text) =>
        text is not null && text.EndsWith(".safetensors", StringComparison.Ordinal) && text.Length > ".safetensors".Length;
}
