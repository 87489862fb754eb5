using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Optimizers;

public class KeptZerosTests
{
    [Fact]
    public void Dispose_AfterAChange_HasKeptZerosAndNothingElse()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = tensor(new float[] { 0, 1, -2, 0 });

        using (new KeptZeros(weight))
        {
            weight.add_(1);
        }

        Assert.Equal([0, 2, -1, 0], weight.data<float>().ToArray());
    }
}
