using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>The images that two runs both misclassified. Pure.</summary>
internal static class SharedMistakeSet
{
    /// <param name="left">The predictions of one run by <see cref="KeyOf"/>.</param>
    /// <param name="right">The predictions of the other run by <see cref="KeyOf"/>.</param>
    /// <param name="take">The number of images shown.</param>
    /// <param name="pictures">The stored images by <see cref="KeyOf"/>.</param>
    public static SharedMistakes Of(
        IReadOnlyDictionary<string, PredictionRow> left,
        IReadOnlyDictionary<string, PredictionRow> right,
        bool isCut,
        int take,
        IReadOnlyDictionary<string, byte[]> pictures)
    {
        (string Key, PredictionRow Left, PredictionRow Right)[] both = [.. left.Where(row => right.ContainsKey(row.Key)).Select(row => (row.Key, row.Value, right[row.Key]))];
        (string Key, PredictionRow Left, PredictionRow Right)[] wrong = [.. both.Where(image => image.Left.IsWrong && image.Right.IsWrong)];
        return new SharedMistakes(
            both.Length,
            [both.Count(image => image.Left.IsWrong), both.Count(image => image.Right.IsWrong)],
            wrong.Length,
            wrong.Count(image => image.Left.Predicted == image.Right.Predicted),
            isCut,
            [
                .. wrong
                    .OrderByDescending(image => image.Left.Probability + image.Right.Probability)
                    .ThenBy(image => image.Key, StringComparer.Ordinal)
                    .Take(take)
                    .Select(image => new SharedMistake(
                        image.Left.Place,
                        image.Left.Actual,
                        [new ClassProbability(image.Left.Predicted, image.Left.Probability), new ClassProbability(image.Right.Predicted, image.Right.Probability)],
                        pictures.GetValueOrDefault(image.Key))),
            ]);
    }

    /// <summary>
    /// Identifies an image across runs. In "image 5 of /home/me/.cache/…/test_batch.bin", the folder depends on the worker; the path of an image file
    /// is the same everywhere.
    /// </summary>
    public static string KeyOf(string place)
    {
        const string Of = " of ";
        int of = place.IndexOf(Of, StringComparison.Ordinal);
        bool isPlaceInFile = of > 0 && (place.StartsWith("image ", StringComparison.Ordinal) || place.StartsWith("line ", StringComparison.Ordinal));
        return isPlaceInFile ? string.Concat(place.AsSpan(0, of), Of, Path.GetFileName(place.AsSpan(of + Of.Length))) : place;
    }
}
