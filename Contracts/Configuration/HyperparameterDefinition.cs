using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Configuration;

/// <summary>The part of the form in which a hyperparameter is shown.</summary>
public enum HyperparameterGroup
{
    /// <summary>The network and its initial weights.</summary>
    Model,

    /// <summary>Images: size, batches, augmentation.</summary>
    Data,

    /// <summary>The optimizer and its learning rates.</summary>
    Optimization,

    /// <summary>The course of training: learning rate, freezing, early stopping.</summary>
    Schedule,

    /// <summary>Weight decay, label smoothing, class weights, moving average.</summary>
    Regularization,

    /// <summary>Distillation, pruning and quantization.</summary>
    Compression,

    /// <summary>How it is computed: precision, memory layout, seed.</summary>
    Execution,
}

/// <summary>The kind of editor that suits a hyperparameter.</summary>
public enum HyperparameterKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number, possibly with decimals.</summary>
    Number,

    /// <summary>One of <see cref="HyperparameterDefinition.Choices"/>; where it <see cref="HyperparameterDefinition.TakesList"/>, also a list.</summary>
    Choice,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A list, itself one value.</summary>
    List,

    /// <summary>One of a few names, or a string of another form, such as a path.</summary>
    Text,
}

/// <summary>
/// The name, meaning and allowed values of one hyperparameter. Values are boxed: <see cref="long"/> for integers,
/// <see cref="double"/> for numbers, <see cref="bool"/> for flags, <see cref="EpochList"/> for lists, <see cref="string"/> for choices and
/// text, null where optional.
/// </summary>
public abstract class HyperparameterDefinition
{
    private protected HyperparameterDefinition(
        string name, string label, HyperparameterGroup group, string description, bool optional = false)
    {
        Name = name;
        Label = label;
        Group = group;
        Description = description;
        Optional = optional;
    }

    /// <summary>The key in a sweep file.</summary>
    public string Name { get; }

    /// <summary>The name that pages show.</summary>
    public string Label { get; }

    /// <summary>The section of forms and pages that lists it.</summary>
    public HyperparameterGroup Group { get; }

    /// <summary>One or two sentences for a tool-tip.</summary>
    public string Description { get; }

    /// <summary>Decides which editor a form shows and how values are boxed.</summary>
    public abstract HyperparameterKind Kind { get; }

    /// <summary>The allowed values, in words: the end of the sentence "allowed: …".</summary>
    public abstract string Allowed { get; }

    /// <summary>The values to choose from; empty where any value of the kind is allowed.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>True where a list is allowed besides the <see cref="Choices"/>.</summary>
    public virtual bool TakesList => false;

    /// <summary>True where null (the default) means "off" or "decide for me".</summary>
    public bool Optional { get; }

    /// <summary>True where a range of values is better spaced by factors than by differences.</summary>
    public bool Logarithmic { get; internal init; }

    /// <summary>The value in <paramref name="hyperparameters"/>.</summary>
    public abstract object? Get(Hyperparameters hyperparameters);

    /// <summary><paramref name="hyperparameters"/> with this one set to a value that <see cref="TryRead"/> returned.</summary>
    public abstract Hyperparameters Set(Hyperparameters hyperparameters, object? value);

    /// <summary>Reads and checks a JSON value.</summary>
    /// <param name="problem">On failure what is wrong, the value given and what is allowed.</param>
    public abstract bool TryRead(JsonElement json, out object? value, out string problem);

    /// <summary>Writes a value so that <see cref="TryRead"/> reads the same back.</summary>
    public virtual void Write(Utf8JsonWriter writer, object? value) => JsonSerializer.Serialize(writer, value);

    /// <summary>The value for display: <c>0.001</c>, <c>adam</c>, <c>auto</c>.</summary>
    public static string Format(object? value) => value switch
    {
        null => "auto",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value of this hyperparameter for display.</summary>
    public virtual string Describe(object? value) => Format(value);

    /// <param name="hint">What to write instead; empty for nothing.</param>
    private protected string Problem(string what, JsonElement json, string hint = "") => ProblemText.Of($"{what}: {ProblemText.Quote(json)}", Allowed, hint);
}
