using System.Globalization;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>MNIST (LeCun, Cortes and Burges, 1998): handwritten digits.</summary>
public sealed class MnistReader : IDatasetReader
{
    public DatasetContents Open(string? folder) => IdxFolder.Open(
        folder ?? throw new ArgumentNullException(nameof(folder)),
        "mnist",
        [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))]);
}
