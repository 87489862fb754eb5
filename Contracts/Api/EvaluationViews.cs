namespace Experiments.Contracts.Api;

/// <summary>Quality of the predictions for one class, as scikit-learn's <c>classification_report</c> defines it.</summary>
/// <param name="Precision">The share of the images predicted as this class that belong to it; 0 where none was.</param>
/// <param name="Recall">The share of the images of this class that were predicted as such; 0 where there are none.</param>
/// <param name="F1">The harmonic mean of both.</param>
/// <param name="Support">The number of images of this class.</param>
public sealed record ClassReport(string Class, double Precision, double Recall, double F1, int Support);

/// <summary>The images predicted with a confidence in (<paramref name="From"/>, <paramref name="To"/>].</summary>
/// <param name="Confidence">The mean probability of the predicted class; 0 where there are no images.</param>
/// <param name="Accuracy">The share that was predicted correctly; 0 where there are no images.</param>
public sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy);

/// <summary>How a run's best weights perform on images that were not trained on.</summary>
public sealed record EvaluationReport
{
    /// <summary><c>test</c> if the data set has a test split, else <c>validation</c>.</summary>
    public required string Split { get; init; }

    /// <summary>The number of evaluated images: the whole split.</summary>
    public required int Images { get; init; }

    /// <summary>The number of finished epochs of the weights.</summary>
    public required int Epoch { get; init; }

    /// <summary>The names of the classes, in the order of the labels.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Numbers of images: a row per true class, a column per predicted one.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>One entry per class, in the order of <see cref="Classes"/>.</summary>
    public required IReadOnlyList<ClassReport> Report { get; init; }

    /// <summary>The share of images whose most probable class is correct, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean of the classes' F1.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>The mean of the classes' F1, weighted by their support.</summary>
    public required double WeightedF1 { get; init; }

    /// <summary>The share of images whose class was among the five most probable ones; null with fewer than 6 classes, where it would always be 1.</summary>
    public double? Top5Accuracy { get; init; }

    /// <summary>The mean distance of confidence and accuracy over the bins, weighted by their images (Guo et al., 2017).</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Bins of equal width from 0 to 1, ascending.</summary>
    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }
}

/// <summary>A misclassified image.</summary>
/// <param name="Place">The image file, or the position of the image in a file of several.</param>
/// <param name="Probability">The probability of the predicted class.</param>
/// <param name="ActualProbability">The probability of the correct class.</param>
/// <param name="Image">A PNG of the model's input.</param>
public sealed record Mistake(string Place, string Actual, string Predicted, double Probability, double ActualProbability, byte[] Image);

/// <param name="Probability">0 to 1; those of all classes add up to 1.</param>
public sealed record ClassProbability(string Class, double Probability);

/// <summary>The classes that a model predicts for an image, in descending order of probability.</summary>
public sealed record PredictionView(IReadOnlyList<ClassProbability> Predictions);
