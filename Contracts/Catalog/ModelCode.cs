using System.Globalization;

namespace Experiments.Contracts.Catalog;

/// <summary>The lines of Python and of C# that load the weights of a run and predict with them. Tests of GpuWorker compare the Python code with the networks themselves, and run what the C# code calls.</summary>
public static class ModelCode
{
    private const int UsualPatch = 16;
    private const int SmallPatch = 4;

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
        if (Build(model, smallInput, imageSize) is not { } build)
        {
            return null;
        }

        bool isTimm = model is "deit_small" or "beit_base";
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
                transforms.Normalize(json.loads(about["mean"]), json.loads(about["deviation"])){Fit(model, smallInput, imageSize)},
            ])
            image = ImageOps.exif_transpose(Image.open("picture.jpg")).convert("RGB")
            with torch.no_grad():
                probabilities = model(prepare(image)[None]).softmax(1)[0]
            for probability, label in zip(*probabilities.topk(min(5, len(classes)))):
                print(classes[label], float(probability))
            """;
    }

    /// <summary>Transformers need sizes that are multiples of the patch.</summary>
    private static string Fit(string model, bool smallInput, int imageSize)
    {
        int side = SideOf(smallInput, imageSize);
        return model is "vit_b_16" or "deit_small" or "beit_base" && side != imageSize
            ? string.Create(CultureInfo.InvariantCulture, $", transforms.Resize(({side}, {side}), antialias=False)")
            : "";
    }

    private static int SideOf(bool smallInput, int imageSize)
    {
        int patch = smallInput ? SmallPatch : UsualPatch;
        return patch * Math.Max(1, (int)Math.Round((double)imageSize / patch, MidpointRounding.AwayFromZero));
    }

    private static string? Build(string model, bool smallInput, int imageSize) => model switch
    {
        "small_cnn" => """
            model = nn.Sequential(OrderedDict(
                conv1=nn.Conv2d(3, 32, 5, padding=2), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                conv2=nn.Conv2d(32, 32, 5, padding=2), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                conv3=nn.Conv2d(32, 64, 5, padding=2), relu3=nn.ReLU(), pool3=nn.MaxPool2d(2),
                pool=nn.AdaptiveAvgPool2d(4), flat=nn.Flatten(),
                fc1=nn.Linear(64 * 4 * 4, 64), relu4=nn.ReLU(), fc2=nn.Linear(64, len(classes)),
            ))
            """,
        "lenet5" => """
            model = nn.Sequential(OrderedDict(
                conv1=nn.Conv2d(3, 6, 5), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                conv2=nn.Conv2d(6, 16, 5), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                pool=nn.AdaptiveAvgPool2d(5), flat=nn.Flatten(),
                fc1=nn.Linear(16 * 5 * 5, 120), relu3=nn.ReLU(),
                fc2=nn.Linear(120, 84), relu4=nn.ReLU(), fc3=nn.Linear(84, len(classes)),
            ))
            """,
        "student_cnn" => """
            model = nn.Sequential(OrderedDict(
                conv1=nn.Conv2d(3, 32, 3, padding=1), relu1=nn.ReLU(), pool1=nn.MaxPool2d(2),
                conv2=nn.Conv2d(32, 64, 3, padding=1), relu2=nn.ReLU(), pool2=nn.MaxPool2d(2),
                pool=nn.AdaptiveAvgPool2d(8), flat=nn.Flatten(),
                fc1=nn.Linear(64 * 8 * 8, 256), relu3=nn.ReLU(), fc2=nn.Linear(256, len(classes)),
            ))
            """,
        "vgg16_slim" => """
            model = models.vgg16(weights=None)
            model.classifier = nn.Sequential(
                nn.Linear(512 * 7 * 7, 1024), nn.ReLU(), nn.Dropout(),
                nn.Linear(1024, 256), nn.ReLU(), nn.Dropout(), nn.Linear(256, len(classes)),
            )
            """,
        "vgg16_gap" => """
            model = nn.Sequential(OrderedDict(
                features=models.vgg16(weights=None).features,
                pool=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), classifier=nn.Linear(512, len(classes)),
            ))
            """,
        "vgg16_dws" => """
            layers, inputs = [nn.Conv2d(3, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU()], 64
            for depth, outputs in [(1, 64), (2, 128), (3, 256), (3, 512), (3, 512)]:
                for _ in range(depth):
                    layers += [nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.ReLU()]
                    layers += [nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
                    inputs = outputs
                layers.append(nn.MaxPool2d(2))
            model = nn.Sequential(OrderedDict(
                features=nn.Sequential(*layers),
                pool=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), classifier=nn.Linear(512, len(classes)),
            ))
            """,
        "googlenet" => "model = models.googlenet(weights=None, num_classes=len(classes), aux_logits=True, init_weights=False)",
        "vit_b_16" => string.Create(CultureInfo.InvariantCulture, $"""
            model = models.VisionTransformer(
                image_size={SideOf(smallInput, imageSize)}, patch_size={(smallInput ? SmallPatch : UsualPatch)}, num_layers=12, num_heads=12,
                hidden_dim=768, mlp_dim=3072, num_classes=len(classes),
            )
            """),
        "swin_t" when smallInput => """
            model = models.SwinTransformer(
                patch_size=[2, 2], embed_dim=96, depths=[2, 2, 6, 2], num_heads=[3, 6, 12, 24],
                window_size=[7, 7], num_classes=len(classes),
            )
            """,
        "deit_small" => Timm("deit_small_patch16_224", smallInput, imageSize),
        "beit_base" => Timm("beit_base_patch16_224", smallInput, imageSize),
        _ when ModelCatalog.Find(model) is null => null,
        _ => $"model = models.{model}(weights=None, num_classes=len(classes)){(smallInput ? SmallStem(model) : "")}",
    };

    private static string Timm(string name, bool smallInput, int imageSize) => string.Create(
        CultureInfo.InvariantCulture,
        $"model = timm.create_model(\"{name}\", num_classes=len(classes), img_size={SideOf(smallInput, imageSize)}, patch_size={(smallInput ? SmallPatch : UsualPatch)})");

    /// <summary>Torchvision's usual stem without stride and pooling.</summary>
    private static string SmallStem(string model) => model.StartsWith("densenet", StringComparison.Ordinal)
        ? """

            model.features.conv0 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
            model.features.pool0 = nn.Identity()
            """
        : """

            model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
            model.maxpool = nn.Identity()
            """;
}
