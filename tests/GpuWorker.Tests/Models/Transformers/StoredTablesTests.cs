using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Transformers;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Transformers;

public class StoredTablesTests
{
    [Fact]
    public void EveryTable_OtherSizes_IsWhatTorchAndTorchvisionMakeOfIt()
    {
        using var folder = new TemporaryFolder();
        using DisposeScope scope = NewDisposeScope();
        PythonReference.Run("stored_tables.py", folder.File("tables.safetensors"));
        using SafetensorsContent tables = SafetensorsFile.Read(folder.File("tables.safetensors"), requireChecksum: false);

        foreach (string name in (string[])["positions_384", "positions_32"])
        {
            AssertSame(tables[name], StoredTables.PositionEmbedding(tables["positions"], tables[name].shape));
        }

        foreach (string name in (string[])["table_23", "table_5"])
        {
            AssertSame(tables[name], StoredTables.RelativePositions(tables["table"], tables[name].shape, tokens: 3));
        }

        foreach (string name in (string[])["kernel_4", "kernel_32"])
        {
            AssertSame(tables[name], StoredTables.PatchKernel(tables["kernel"], tables[name].shape));
        }
    }

    [Fact]
    public void PatchKernel_ImageAndPatchResizedTogether_KeepsTheEmbedding()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor kernel = randn(5, 3, 4, 4);
        Tensor image = full([1, 3, 4, 4], 0.7);
        Tensor larger = full([1, 3, 16, 16], 0.7);

        Tensor resized = StoredTables.PatchKernel(kernel, [5, 3, 16, 16])!;

        AssertSame(nn.functional.conv2d(image, kernel), nn.functional.conv2d(larger, resized), 1e-4);
    }

    [Fact]
    public void EveryTable_OfAnotherKind_IsNotConverted()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Null(StoredTables.PositionEmbedding(zeros(1, 197, 384), [1, 65, 768]));
        Assert.Null(StoredTables.PositionEmbedding(zeros(1, 198, 768), [1, 65, 768]));
        Assert.Null(StoredTables.PositionEmbedding(zeros(1, 197, 768), [1, 65]));
        Assert.Null(StoredTables.RelativePositions(zeros(169, 3), [25, 6]));
        Assert.Null(StoredTables.RelativePositions(zeros(170, 3), [25, 3]));
        Assert.Null(StoredTables.RelativePositions(zeros(2, 3), [28, 3], tokens: 3));
        Assert.Null(StoredTables.PatchKernel(zeros(96, 3, 4, 4), [768, 3, 16, 16]));
        Assert.Null(StoredTables.PatchKernel(zeros(96, 3, 4, 2), [96, 3, 2, 2]));
    }

    private static void AssertSame(Tensor expected, Tensor? actual, double tolerance = 1e-5)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);
    }
}
