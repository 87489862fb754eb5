using System.Text;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>Finds the images that two runs both misclassified, from their predictions for every image.</summary>
public sealed class SharedMistakeFinder(RunViews runs, EvaluationFiles files)
{
    /// <exception cref="ApiException">One of the runs does not exist, or has not been evaluated (yet).</exception>
    public async Task<SharedMistakes> FindAsync(string first, string second, int take, CancellationToken cancellationToken)
    {
        Run[] pair = [await runs.FindAsync(first, cancellationToken), await runs.FindAsync(second, cancellationToken)];
        (Dictionary<string, PredictionRow> left, bool isLeftCut) = await ReadAsync(pair[0], cancellationToken);
        (Dictionary<string, PredictionRow> right, bool isRightCut) = await ReadAsync(pair[1], cancellationToken);
        Dictionary<string, byte[]> pictures = await PicturesAsync(pair, cancellationToken);
        return SharedMistakeSet.Of(left, right, isLeftCut || isRightCut, take, pictures);
    }

    private async Task<(Dictionary<string, PredictionRow> Rows, bool IsCut)> ReadAsync(Run run, CancellationToken cancellationToken)
    {
        EvaluationSize? evaluation = await files.TryReadAsync<EvaluationSize>(run, ArtifactNames.Evaluation, cancellationToken);
        using var text = new StreamReader(files.Open(run, ArtifactNames.Predictions), Encoding.UTF8);
        try
        {
            var rows = new Dictionary<string, PredictionRow>(StringComparer.Ordinal);
            foreach (PredictionRow row in PredictionRows.Read(text))
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows[SharedMistakeSet.KeyOf(row.Place)] = row;
            }

            return (rows, evaluation?.Images > rows.Count);
        }
        catch (InvalidDataException exception)
        {
            throw ApiException.Conflict($"what run \"{run.Id}\" predicted cannot be read: {exception.Message}");
        }
    }

    private async Task<Dictionary<string, byte[]>> PicturesAsync(Run[] pair, CancellationToken cancellationToken)
    {
        var pictures = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (Run run in pair)
        {
            foreach (Mistake mistake in await files.TryReadAsync<List<Mistake>>(run, ArtifactNames.Mistakes, cancellationToken) ?? [])
            {
                pictures.TryAdd(SharedMistakeSet.KeyOf(mistake.Place), mistake.Image);
            }
        }

        return pictures;
    }

    private sealed record EvaluationSize(int Images);
}
