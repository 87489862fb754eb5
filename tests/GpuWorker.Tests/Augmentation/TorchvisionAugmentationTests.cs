using System.Globalization;
using System.Text.Json;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

/// <summary>Every transform gives the same result as torchvision's function with the same parameters.</summary>
public sealed class TorchvisionAugmentationTests(TorchvisionAugmentationTests.Reference reference) : IClassFixture<TorchvisionAugmentationTests.Reference>
{
    private const int Side = 24;

    /// <summary>Rounding of float32.</summary>
    private const double Rounding = 1e-5;

    /// <summary>torchvision works on bytes there, and cuts what is behind the point twice: of the gray or softened image, and of the result.</summary>
    private const double TwoLevels = (2 / 255.0) + Rounding;

    /// <summary>A position exactly between two pixels may be rounded either way.</summary>
    private const double MostMoved = 0.005;

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["crop"] = new(["crop", 4, 1, 7], images => BothForms.Of(new RandomCrop(4), new CropDraw(1, 7), images), 0),
        ["crop at the other corner"] = new(["crop", 4, 8, 0], images => BothForms.Of(new RandomCrop(4), new CropDraw(8, 0), images), 0),
        ["crop with more border than image"] = new(["crop", 30, 1, 57], images => BothForms.Of(new RandomCrop(30), new CropDraw(1, 57), images), 0),
        ["horizontal flip"] = new(["hflip"], images => BothForms.Of(new HorizontalFlip(1), true, images), 0),
        ["vertical flip"] = new(["vflip"], images => BothForms.Of(new VerticalFlip(1), true, images), 0),
        ["erasing"] = new(["erase", 3, 10, 9, 14], images => BothForms.Of(new RandomErasing(1, 0.1, 0.2, 0.5, 2), new Rectangle(3, 10, 9, 14), images), 0),
        ["rotation"] = Moved(["rotate", 33.3], AffineMatrix.Rotation(33.3)),
        ["rotation clockwise"] = Moved(["rotate", -7.7], AffineMatrix.Rotation(-7.7)),
        ["quarter turn"] = Moved(["rotate", 90], AffineMatrix.Rotation(90)),
        ["affine"] = Moved(["affine", 20, 3, -2, 0.8, 12.5], AffineMatrix.Affine(20, 3, -2, 0.8, 12.5)),
        ["affine enlarging"] = Moved(["affine", -160, -9, 1, 1.7, -31], AffineMatrix.Affine(-160, -9, 1, 1.7, -31)),
        ["resized crop"] = Cropped(2, 5, 11, 17),
        ["resized crop of a pixel"] = Cropped(20, 23, 1, 1),
        ["resized crop of everything"] = Cropped(0, 0, Side, Side),
        ["blur"] = new(["gaussian_blur", 5, 1.1], images => BothForms.Of(new GaussianBlur(1, 2, 0.1, 2), 1.1, images), Rounding),
        ["wide blur"] = new(["gaussian_blur", 31, 6.5], images => BothForms.Of(new GaussianBlur(1, 15, 0.1, 9), 6.5, images), Rounding),
        ["brightness up"] = Changed("brightness", new Brightness(), 1.3),
        ["brightness down"] = Changed("brightness", new Brightness(), 0.2),
        ["contrast up"] = Changed("contrast", new Contrast(), 1.8),
        ["contrast down"] = Changed("contrast", new Contrast(), 0.3),
        ["saturation up"] = Changed("saturation", new Saturation(), 1.7),
        ["saturation down"] = Changed("saturation", new Saturation(), 0.1),
        ["hue forwards"] = Changed("hue", new Hue(), 0.1),
        ["hue backwards"] = Changed("hue", new Hue(), -0.45),
        ["sharpness up"] = Changed("sharpness", new Sharpness(), 1.9),
        ["sharpness down"] = Changed("sharpness", new Sharpness(), 0),
        ["grey"] = Changed("grayscale", new Grayscale(), 0),
        ["solarize"] = Changed("solarize", new Solarize(), 0.4),
        ["autocontrast"] = Changed("autocontrast", new Autocontrast(), 0),
        ["posterize"] = Changed("posterize", new Posterize(), 3),
        ["posterize to one bit"] = Changed("posterize", new Posterize(), 1),
        ["equalize"] = Changed("equalize", new Equalize(), 0),
    };

    static TorchvisionAugmentationTests()
    {
        foreach ((string space, MagnitudeSpace magnitudes) in new[] { ("randAugment", RandAugment.Space), ("trivialAugment", TrivialAugment.Space) })
        {
            foreach (MagnitudeOperation operation in Enum.GetValues<MagnitudeOperation>())
            {
                foreach ((int step, int sign) in new[] { (9, 1), (9, -1), (29, 1), (29, -1) })
                {
                    Cases[$"{space} {operation} {step} {sign}"] = Auto(space, magnitudes, operation, step, sign);
                }
            }
        }
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_GivenParameters_AgreesWithTorchvision(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Case given = Cases[name];
        Tensor expected = reference.Expected[name];

        Assert.All(given.Apply(reference.Images), actual =>
        {
            Assert.Equal(expected.shape, actual.shape);
            double moved = (actual - expected).abs().gt(given.Tolerance).to_type(ScalarType.Float32).mean().item<float>();
            Assert.True(moved <= given.MostMoved, string.Create(CultureInfo.InvariantCulture,
                $"{moved:P3} of the values differ, by up to {(actual - expected).abs().max().item<float>()}"));
        });
    }

    private static Case Changed(string function, IOperation operation, double amount) =>
        new([function, amount], images => BothForms.Of(operation, amount, images), Rounding);

    private static Case Moved(object[] call, AffineMatrix matrix) =>
        new(call, images => BothForms.Of(images, image => AffineSampling.Apply(image, matrix), batch => AffineSampling.Apply(batch, Repeat(matrix, batch))), Rounding, MostMoved);

    private static Case Cropped(int top, int left, int height, int width) => new(
        ["resized_crop", top, left, height, width],
        images => BothForms.Of(new RandomResizedCrop(0.1, 1, 0.5, 2), new Rectangle(top, left, height, width), images),
        Rounding);

    private static Case Auto(string space, MagnitudeSpace magnitudes, MagnitudeOperation operation, int step, int sign)
    {
        double magnitude = magnitudes.MagnitudeOf(operation, step / 30.0, Side);
        bool isSigned = operation is > MagnitudeOperation.Identity and < MagnitudeOperation.Posterize;
        var draw = new OperationDraw(operation, isSigned ? sign * magnitude : magnitude);
        return new Case(
            ["auto", space, operation.ToString(), step, sign],
            images => BothForms.Of(images, image => MagnitudeOperations.Apply(image, draw), batch => MagnitudeOperations.Apply(batch, Repeat(draw, batch))),
            TwoLevels,
            MostMoved);
    }

    private static T[] Repeat<T>(T draw, Tensor batch) => [.. Enumerable.Repeat(draw, (int)batch.shape[0])];

    /// <param name="Call">A function of the script and its arguments.</param>
    /// <param name="Apply">Ours, in both forms.</param>
    /// <param name="Tolerance">The allowed difference of a value in [0, 1].</param>
    /// <param name="MostMoved">The share of values that may be beyond it.</param>
    private sealed record Case(object[] Call, Func<Tensor, Tensor[]> Apply, double Tolerance, double MostMoved = 0);

    /// <summary>torchvision's results for its images, all cases in one run.</summary>
    public sealed class Reference : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly SafetensorsContent _images;

        public Reference()
        {
            PythonReference.Run("torchvision_augment.py", JsonSerializer.Serialize(Cases.ToDictionary(entry => entry.Key, entry => entry.Value.Call)), _folder.Path);
            _images = SafetensorsFile.Read(_folder.File("images.safetensors"), requireChecksum: false);
            Expected = SafetensorsFile.Read(_folder.File("cases.safetensors"), requireChecksum: false);
        }

        internal Tensor Images => _images["images"];

        internal SafetensorsContent Expected { get; }

        public void Dispose()
        {
            _images.Dispose();
            Expected.Dispose();
            _folder.Dispose();
        }
    }
}
