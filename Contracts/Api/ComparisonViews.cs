namespace Experiments.Contracts.Api;

/// <summary>How well runs tell each class from the others, side by side.</summary>
/// <param name="Measure"><c>f1</c>, <c>precision</c> or <c>recall</c>.</param>
/// <param name="Classes">Those of all runs, in the order of the first run that has them.</param>
/// <param name="Support">Images of each class in the evaluation of the first run that has it.</param>
/// <param name="Runs">Those that have been evaluated, in the order asked for.</param>
/// <param name="Without">Ids of the others: not found, or not evaluated yet.</param>
public sealed record ClassComparison(
    string Measure,
    IReadOnlyList<string> Classes,
    IReadOnlyList<int> Support,
    IReadOnlyList<EvaluatedRun> Runs,
    IReadOnlyList<string> Without);

/// <summary>A summary of a run's evaluation.</summary>
/// <param name="Split"><c>test</c> or <c>validation</c>.</param>
/// <param name="Epoch">The number of finished epochs of the weights.</param>
/// <param name="Values">The measure of each class; null for a class that the run does not know.</param>
public sealed record EvaluatedRun(string RunId, string Split, int Images, int Epoch, double Accuracy, double MacroF1, IReadOnlyList<double?> Values);

/// <summary>The images that two runs both misclassified.</summary>
/// <param name="Images">Those that both were evaluated on; only they are counted.</param>
/// <param name="Wrong">How many of them each got wrong, in the order asked for.</param>
/// <param name="BothWrong">How many both got wrong.</param>
/// <param name="SameAnswer">For how many of those both predicted the same class.</param>
/// <param name="IsCut">Whether one of the evaluations stored predictions of only part of its images.</param>
/// <param name="Items">The images on which both were most confident, most confident first.</param>
public sealed record SharedMistakes(int Images, IReadOnlyList<int> Wrong, int BothWrong, int SameAnswer, bool IsCut, IReadOnlyList<SharedMistake> Items);

/// <summary>An image that two runs got wrong.</summary>
/// <param name="Place">The file, or the place in one.</param>
/// <param name="Guesses">The class that each run predicted, in the order asked for.</param>
/// <param name="Image">A PNG of what the models were shown; null where it is not among the worst mistakes of either run: pictures are stored for those alone.</param>
public sealed record SharedMistake(string Place, string Actual, IReadOnlyList<ClassProbability> Guesses, byte[]? Image);
