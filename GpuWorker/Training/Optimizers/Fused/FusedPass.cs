using Experiments.GpuWorker.Devices;

namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>Updates all parameters of a step in one pass, in chunks of equal length that the team's threads take in turn.</summary>
internal sealed class FusedPass(ComputeTeam team)
{
    // 256 KiB of each tensor: long enough that taking a chunk costs nothing, short enough that no thread waits long for the last one.
    private const long Stretch = 1 << 16;

    private readonly List<FusedWork> _works = [];

    // The offset of each work's first element among all elements.
    private readonly List<long> _begins = [];
    private long _elements;

    public void Add(FusedWork work)
    {
        _works.Add(work);
        _begins.Add(_elements);
        _elements += work.Length;
    }

    /// <summary>Runs all added work.</summary>
    public void Run()
    {
        team.Run((int)((_elements + Stretch - 1) / Stretch), RunStretch);
        _works.Clear();
        _begins.Clear();
        _elements = 0;
    }

    private void RunStretch(int number)
    {
        long position = number * Stretch;
        long end = Math.Min(position + Stretch, _elements);
        int found = _begins.BinarySearch(position);
        for (int index = found < 0 ? ~found - 1 : found; position < end; index++)
        {
            FusedWork work = _works[index];
            long count = Math.Min(end, _begins[index] + work.Length) - position;
            work.Run(position - _begins[index], count);
            position += count;
        }
    }
}
