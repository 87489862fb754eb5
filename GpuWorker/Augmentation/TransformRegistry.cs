using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>
/// Creates each transform from its parameters. To add one: a file with its class, a line here, and a line in the contracts'
/// TransformCatalog.
/// </summary>
public static class TransformRegistry
{
    public static Registry<Func<TransformSetting, ITransform>> All { get; } = new("transform", new Dictionary<string, Func<TransformSetting, ITransform>>
    {
        ["randomCrop"] = s => new RandomCrop((int)s["padding"]),
        ["randomResizedCrop"] = s => new RandomResizedCrop(s["minimumScale"], s["maximumScale"], s["minimumRatio"], s["maximumRatio"]),
        ["horizontalFlip"] = s => new HorizontalFlip(s["probability"]),
        ["verticalFlip"] = s => new VerticalFlip(s["probability"]),
        ["rotation"] = s => new Rotation(s["degrees"]),
        ["affine"] = s => new RandomAffine(s["degrees"], s["translate"], s["minimumScale"], s["maximumScale"], s["shear"]),
        ["colorJitter"] = s => new ColorJitter(s["brightness"], s["contrast"], s["saturation"], s["hue"]),
        ["grayscale"] = s => new RandomOperation(new Grayscale(), s["probability"]),
        ["randomErasing"] = s => new RandomErasing(s["probability"], s["minimumArea"], s["maximumArea"], s["minimumRatio"], s["maximumRatio"]),
        ["gaussianBlur"] = s => new GaussianBlur(s["probability"], (int)s["radius"], s["minimumSigma"], s["maximumSigma"]),
        ["sharpness"] = s => new RandomOperation(new Sharpness(), s["probability"], s["factor"]),
        ["autocontrast"] = s => new RandomOperation(new Autocontrast(), s["probability"]),
        ["equalize"] = s => new RandomOperation(new Equalize(), s["probability"]),
        ["posterize"] = s => new RandomOperation(new Posterize(), s["probability"], s["bits"]),
        ["solarize"] = s => new RandomOperation(new Solarize(), s["probability"], s["threshold"]),
        ["randAugment"] = s => new RandAugment((int)s["operations"], (int)s["magnitude"]),
        ["trivialAugment"] = _ => new TrivialAugment(),
    });
}
