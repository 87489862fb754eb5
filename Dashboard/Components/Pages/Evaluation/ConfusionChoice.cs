namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <summary>The selected cell of a confusion matrix: images of class <paramref name="Actual"/> predicted as <paramref name="Predicted"/>.</summary>
public sealed record ConfusionChoice(string Actual, string Predicted);
