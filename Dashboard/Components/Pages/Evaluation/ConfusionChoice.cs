namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <summary>A cell of a confusion matrix that was chosen: images of class <paramref name="Actual"/> that were taken for <paramref name="Predicted"/>.</summary>
public sealed record ConfusionChoice(string Actual, string Predicted);
