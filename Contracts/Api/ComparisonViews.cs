namespace Experiments.Contracts.Api;

/// <summary>A comparison of how well runs recognize each class.</summary>
/// <param name="Measure"><c>f1</c>, <c>precision</c> or <c>recall</c>.</param>
/// <param name="Classes">The classes of all runs, in the order of the first run that has them.</param>
/// <param name="Support">The number of images of each class in the evaluation of the first run that has it.</param>
/// <param name="Runs">The runs that have been evaluated, in the requested order.</param>
/// <param name="Without">The ids of runs that were not found or not evaluated yet.</param>
public sealed record ClassComparison(
    string Measure,
    IReadOnlyList<string> Classes,
    IReadOnlyList<int> Support,
    IReadOnlyList<EvaluatedRun> Runs,
    IReadOnlyList<string> Without);

/// <summary>A summary of a run's evaluation.</summary>
/// <param name="Split"><c>test</c> or <c>validation</c>.</param>
/// <param name="Epoch">The number of finished epochs of the weights.</param>
/// <param name="Values">The measure of each class; null for a class that the run does not have.</param>
public sealed record EvaluatedRun(string RunId, string Split, int Images, int Epoch, double Accuracy, double MacroF1, IReadOnlyList<double?> Values);

/// <summary>The images that two runs both misclassified.</summary>
/// <param name="Images">The number of images that both were evaluated on; only these are counted.</param>
/// <param name="Wrong">The number of images that each run misclassified, in the requested order.</param>
/// <param name="BothWrong">The number of images that both misclassified.</param>
/// <param name="SameAnswer">The number of these for which both predicted the same class.</param>
/// <param name="IsCut">Whether one of the evaluations stored predictions of only part of its images.</param>
/// <param name="Items">The images on which both were most confident, in descending order of confidence.</param>
public sealed record SharedMistakes(int Images, IReadOnlyList<int> Wrong, int BothWrong, int SameAnswer, bool IsCut, IReadOnlyList<SharedMistake> Items);

/// <summary>An image that two runs misclassified.</summary>
/// <param name="Place">The image file, or the position of the image in a file of several.</param>
/// <param name="Guesses">The class that each run predicted, in the requested order.</param>
/// <param name="Image">A PNG of the model's input; null if it is not among the worst mistakes of either run, since images are stored only for those.</param>
public sealed record SharedMistake(string Place, string Actual, IReadOnlyList<ClassProbability> Guesses, byte[]? Image);
