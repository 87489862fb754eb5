using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>Applies the operations drawn for RandAugment and TrivialAugment; torchvision's <c>_apply_op</c>.</summary>
internal static class MagnitudeOperations
{
    private static readonly Dictionary<MagnitudeOperation, IOperation> ByColor = new()
    {
        [MagnitudeOperation.Brightness] = new Brightness(),
        [MagnitudeOperation.Color] = new Saturation(),
        [MagnitudeOperation.Contrast] = new Contrast(),
        [MagnitudeOperation.Sharpness] = new Sharpness(),
        [MagnitudeOperation.Posterize] = new Posterize(),
        [MagnitudeOperation.Solarize] = new Solarize(),
        [MagnitudeOperation.AutoContrast] = new Autocontrast(),
        [MagnitudeOperation.Equalize] = new Equalize(),
    };

    public static void Apply(PixelImage image, OperationDraw draw)
    {
        if (ByColor.TryGetValue(draw.Operation, out IOperation? operation))
        {
            operation.Apply(image, AmountOf(draw));
        }
        else
        {
            AffineSampling.Apply(image, MatrixOf(draw, image.Side));
        }
    }

    /// <param name="images">float32 [N, 3, S, S]; changed in place.</param>
    public static Tensor Apply(Tensor images, OperationDraw[] draws)
    {
        int side = (int)images.shape[3];
        int[] moved = Subset.Where(draws, draw => draw.Operation is > MagnitudeOperation.Identity and <= MagnitudeOperation.Rotate);
        Tensor changed = Subset.Change(images, moved, chosen =>
            AffineSampling.Apply(chosen, Array.ConvertAll(moved, member => MatrixOf(draws[member], side))));
        foreach ((MagnitudeOperation name, IOperation operation) in ByColor)
        {
            int[] members = Subset.Where(draws, draw => draw.Operation == name);
            changed = Subset.Change(changed, members, chosen =>
                operation.Apply(chosen, Subset.Amounts(members.Select(member => AmountOf(draws[member])), images.device)));
        }

        return changed;
    }

    private static float AmountOf(OperationDraw draw) =>
        (float)(draw.Operation < MagnitudeOperation.Posterize ? 1 + draw.Magnitude : draw.Magnitude);

    private static AffineMatrix MatrixOf(OperationDraw draw, int side)
    {
        double magnitude = draw.Magnitude;
        double degrees = Math.Atan(magnitude) * 180 / Math.PI;
        return draw.Operation switch
        {
            MagnitudeOperation.Identity => AffineMatrix.Identity,
            MagnitudeOperation.ShearX => AffineMatrix.Affine(0, shearX: degrees, center: -side / 2.0),
            MagnitudeOperation.ShearY => AffineMatrix.Affine(0, shearY: degrees, center: -side / 2.0),
            MagnitudeOperation.TranslateX => AffineMatrix.Affine(0, right: magnitude),
            MagnitudeOperation.TranslateY => AffineMatrix.Affine(0, down: magnitude),
            MagnitudeOperation.Rotate => AffineMatrix.Rotation(magnitude),
            _ => throw new ArgumentOutOfRangeException(nameof(draw), draw, "moves nothing"),
        };
    }
}
