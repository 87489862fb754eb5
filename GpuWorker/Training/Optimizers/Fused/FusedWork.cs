using System.Numerics;
using System.Runtime.CompilerServices;

namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>The update of one parameter, which may be split among threads at any element.</summary>
internal abstract class FusedWork
{
    /// <summary>The number of elements.</summary>
    public abstract long Length { get; }

    /// <summary>Updates <paramref name="count"/> elements from <paramref name="start"/>. Each element must be updated once.</summary>
    public abstract void Run(long start, long count);
}

/// <summary>
/// One pass over memory: clipping, weight decay, state, parameter, pruned zeros and moving average of a few elements at a time, while operations of
/// libtorch read and write all memory once each.
/// </summary>
internal sealed unsafe class FusedWork<TUpdate>(TUpdate update, FusedMemory memory) : FusedWork
    where TUpdate : struct, IElementUpdate
{
    private readonly Vector<float> _factor = new(memory.GradientFactor);
    private readonly Vector<float> _share = new(memory.AverageShare);
    private readonly Vector<float> _rest = new(1 - memory.AverageShare);

    public override long Length => memory.Length;

    public override void Run(long start, long count)
    {
        long end = start + count;
        long element = start;
        for (; element <= end - Vector<float>.Count; element += Vector<float>.Count)
        {
            RunVector(
                memory.Parameter + element,
                memory.Gradient + element,
                memory.First is null ? null : memory.First + element,
                memory.Second is null ? null : memory.Second + element,
                memory.Average is null ? null : memory.Average + element);
        }

        if (element < end)
        {
            RunRest(element, (int)(end - element));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunVector(float* parameter, float* gradient, float* first, float* second, float* average)
    {
        Vector<float> before = Vector.Load(parameter);
        Vector<float> one = first is null ? Vector<float>.Zero : Vector.Load(first);
        Vector<float> two = second is null ? Vector<float>.Zero : Vector.Load(second);
        Vector<float> after = update.Next(before, Vector.Load(gradient) * _factor, ref one, ref two);
        if (memory.KeepsZeros)
        {
            after = Vector.ConditionalSelect(Vector.Equals(before, Vector<float>.Zero), Vector<float>.Zero, after);
        }

        after.Store(parameter);
        if (first is not null)
        {
            one.Store(first);
        }

        if (second is not null)
        {
            two.Store(second);
        }

        if (average is not null)
        {
            Lerp(Vector.Load(average), after).Store(average);
        }
    }

    /// <summary>torch.lerp: from whichever end is nearer.</summary>
    private Vector<float> Lerp(Vector<float> from, Vector<float> to) =>
        memory.AverageShare < 0.5f ? from + (_share * (to - from)) : to - ((to - from) * _rest);

    /// <summary>The last elements, in vectors padded with zeros, so that they are computed like all others.</summary>
    private void RunRest(long element, int count)
    {
        float* places = stackalloc float[5 * Vector<float>.Count];
        new Span<float>(places, 5 * Vector<float>.Count).Clear();
        float* parameter = places;
        float* gradient = parameter + Vector<float>.Count;
        float* first = memory.First is null ? null : gradient + Vector<float>.Count;
        float* second = memory.Second is null ? null : gradient + (2 * Vector<float>.Count);
        float* average = memory.Average is null ? null : gradient + (3 * Vector<float>.Count);

        CopyIn(memory.Parameter, parameter);
        CopyIn(memory.Gradient, gradient);
        CopyIn(memory.First, first);
        CopyIn(memory.Second, second);
        CopyIn(memory.Average, average);
        RunVector(parameter, gradient, first, second, average);
        CopyOut(parameter, memory.Parameter);
        CopyOut(first, memory.First);
        CopyOut(second, memory.Second);
        CopyOut(average, memory.Average);

        void CopyIn(float* tensor, float* place)
        {
            if (tensor is not null)
            {
                new Span<float>(tensor + element, count).CopyTo(new Span<float>(place, count));
            }
        }

        void CopyOut(float* place, float* tensor)
        {
            if (tensor is not null)
            {
                new Span<float>(place, count).CopyTo(new Span<float>(tensor + element, count));
            }
        }
    }
}
