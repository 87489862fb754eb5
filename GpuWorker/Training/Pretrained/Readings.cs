using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained.Names;
using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Finds the tensors of a file that belong to a model.</summary>
internal sealed class Readings
{
    private readonly Dictionary<string, (long[] Shape, bool IsNeeded)> _wanted;

    public Readings(ImageModel model) => _wanted = model.state_dict().ToDictionary(
        item => item.Key,
        item => (item.Value.shape, item.Value.is_floating_point() && !model.DependsOnClasses(item.Key)));

    /// <summary>
    /// The interpretation with the most fitting tensors; complete ones are preferred. The weights themselves come before their moving average,
    /// and unchanged names before names without a prefix.
    /// </summary>
    /// <returns>The best interpretation, and the others that fit equally well.</returns>
    /// <exception cref="SafetensorsException">None contains a tensor of the model, or several fit and it is ambiguous which to use.</exception>
    public (Reading Best, IReadOnlyList<Reading> Others) Find(IReadOnlyList<IStateDict> stateDicts)
    {
        var names = _wanted.Keys.ToHashSet();
        Reading[] all = [.. stateDicts.SelectMany(tensors => StoredNames.MatchByPrefix(tensors.Names, names).Select(item => Judge(tensors, item.Key, item.Value)))];
        if (all.Length == 0)
        {
            throw new SafetensorsException($"none of its tensors is one of the network's; {Describe(stateDicts[0].Names, _wanted.Keys)}");
        }

        (bool, int) fit = all.Max(Fit);
        Reading[] best = [.. all.Where(reading => Fit(reading) == fit).OrderBy(reading => reading.Rank)];
        return best.Length > 1 && best[0].IsComplete && best[0].Rank == best[1].Rank
            ? throw new SafetensorsException($"it can be read in several ways that fit equally well: {string.Join(", or ", best.Take(3))}; save the one that is meant by itself")
            : (best[0], [.. best.Skip(1).Where(reading => reading.IsComplete)]);
    }

    /// <summary>The first few names of a file and of a network, for a message.</summary>
    public static string Describe(IEnumerable<string> found, IEnumerable<string> wanted)
    {
        const int Most = 3;
        return $"found: {NameList.Of([.. found], Most)}; wanted: {NameList.Of([.. wanted], Most)}";
    }

    private Reading Judge(IStateDict tensors, string prefix, IReadOnlyDictionary<string, string> names) => new(
        tensors,
        prefix,
        names,
        _wanted.All(item => !item.Value.IsNeeded || names.ContainsKey(item.Key)),
        names.Count(item => tensors.ShapeOf(item.Value).AsSpan().SequenceEqual(_wanted[item.Key].Shape)));

    private static (bool IsComplete, int Fitting) Fit(Reading reading) => (reading.IsComplete, reading.Fitting);
}
