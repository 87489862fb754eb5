namespace Experiments.Dashboard.Components.Filters;

/// <summary>A completion at the caret of a filter.</summary>
/// <param name="Label">The text in the list.</param>
/// <param name="Detail">A short description; may be empty.</param>
/// <param name="Text">What is written from <paramref name="Start"/> to <paramref name="End"/>, positions between characters, from 0.</param>
public sealed record FilterSuggestion(string Label, string Detail, string Text, int Start, int End);
