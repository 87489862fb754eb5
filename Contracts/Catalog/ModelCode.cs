using System.Globalization;

namespace Experiments.Contracts.Catalog;

/// <summary>The lines of Python and of C# that load the weights of a run and predict with them. Tests of GpuWorker compare the Python code with the networks themselves, and run what the C# code calls.</summary>
public static class ModelCode
{
    /// <summary>The same for all networks: the file names the architecture. It needs this repository for the networks, the preparation of images and the libtorch package.</summary>
    /// <param name="file">The name of the file with the weights.</param>
    public static string CSharp(string file) => $$"""
        // 1. dotnet new console -o predict
        // 2. In predict/predict.csproj (REPO: a clone of this repository):
        //    <ItemGroup>
        //      <ProjectReference Include="REPO/GpuWorker/GpuWorker.csproj" />
        //    </ItemGroup>
        //    <Import Project="REPO/build/TorchSharpOnLinux.targets" />
        // 3. Save this as predict/Program.cs, and put the weights and the image in predict/
        // 4. In predict: dotnet run -c Release
        using Experiments.GpuWorker.Evaluation;

        using TrainedModel model = TrainedModel.Load("{{file}}");
        foreach ((string name, double probability) in model.Predict(File.ReadAllBytes("picture.jpg")).Take(5))
        {
            Console.WriteLine($"{name} {probability:P1}");
        }
        """;

    /// <summary>With PyTorch, torchvision (timm for DeiT and BEiT) and safetensors; null for a network that the catalog does not have.</summary>
    /// <param name="file">The name of the file with the weights.</param>
    /// <param name="smallInput">Whether the network has its stem for small images.</param>
    /// <param name="imageSize">Pixels a side.</param>
    public static string? Python(string file, string model, bool smallInput, int imageSize)
    {
        if (ModelCatalog.FindArchitecture(model) is not { } architecture)
        {
            return null;
        }

        var shape = new PythonShape(smallInput, imageSize);
        string build = architecture.Python(shape)
            ?? $"model = models.{model}(weights=None, num_classes=len(classes)){(smallInput ? architecture.SmallStem : "")}";
        bool isTimm = build.Contains("timm.", StringComparison.Ordinal);
        string fit = architecture.TakesWholePatches && shape.Side != imageSize
            ? string.Create(CultureInfo.InvariantCulture, $", transforms.Resize(({shape.Side}, {shape.Side}), antialias=False)")
            : "";
        return $"""
            # pip install torch torchvision safetensors{(isTimm ? " timm" : "")}
            import json{(build.Contains("OrderedDict", StringComparison.Ordinal) ? "\nfrom collections import OrderedDict" : "")}

            import torch
            from PIL import Image, ImageOps
            from safetensors import safe_open
            from torch import nn
            from torchvision import models, transforms{(isTimm ? "\nimport timm" : "")}

            with safe_open("{file}", framework="pt") as file:
                about = file.metadata()
                weights = {'{'}name: file.get_tensor(name) for name in file.keys(){'}'}
            classes, size = json.loads(about["classes"]), int(about["imageSize"])

            {build}
            model.load_state_dict(weights)
            model.eval()

            prepare = transforms.Compose([
                transforms.Resize(size), transforms.CenterCrop(size), transforms.ToTensor(),
                transforms.Normalize(json.loads(about["mean"]), json.loads(about["deviation"])){fit},
            ])
            image = ImageOps.exif_transpose(Image.open("picture.jpg")).convert("RGB")
            with torch.no_grad():
                probabilities = model(prepare(image)[None]).softmax(1)[0]
            for probability, label in zip(*probabilities.topk(min(5, len(classes)))):
                print(classes[label], float(probability))
            """;
    }
}
