namespace Experiments.Dashboard.Components.Filters;

/// <summary>Something that can stand at the caret of a filter.</summary>
/// <param name="Label">As it is listed.</param>
/// <param name="Detail">What it is, in a few words; may be empty.</param>
/// <param name="Text">What is written from <paramref name="Start"/> to <paramref name="End"/>, which are places between characters, from 0.</param>
public sealed record FilterSuggestion(string Label, string Detail, string Text, int Start, int End);
