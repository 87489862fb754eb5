using System.Globalization;

namespace Experiments.Contracts.Catalog;

/// <summary>Vision transformers.</summary>
internal static class Transformers
{
    public static ModelFamily Family { get; } = new("Transformers",
    [
        new(new("vit_b_16", "Vision transformer ViT-B/16 as in torchvision.", 85_806_346, 7_690, 16, SmallInput: true), new("vit_b_16-c867db91.pth"))
        {
            Aliases = "vit vit_base vit_b vit_base_patch16_224 vitb16",
            TakesWholePatches = true,
            Python = shape => string.Create(CultureInfo.InvariantCulture, $"""
                model = models.VisionTransformer(
                    image_size={shape.Side}, patch_size={shape.Patch}, num_layers=12, num_heads=12,
                    hidden_dim=768, mlp_dim=3072, num_classes=len(classes),
                )
                """),
        },
        new(new("swin_t", "Swin transformer Swin-T as in torchvision.", 27_527_044, 7_690, 16, SmallInput: true), new("swin_t-704ceda3.pth"))
        {
            Aliases = "swin swin_tiny swin_tiny_patch4_window7_224",
            Python = shape => !shape.SmallInput ? null : """
                model = models.SwinTransformer(
                    patch_size=[2, 2], embed_dim=96, depths=[2, 2, 6, 2], num_heads=[3, 6, 12, 24],
                    window_size=[7, 7], num_classes=len(classes),
                )
                """,
        },
        new(new("deit_small", "Vision transformer DeiT-S as in timm.", 21_669_514, 3_850, 16, SmallInput: true),
            new("deit_small_patch16_224-cd65a155.pth") { Folder = new Uri("https://dl.fbaipublicfiles.com/deit/") })
        {
            Aliases = "deit deit_s deit_small_patch16_224",
            TakesWholePatches = true,
            Python = shape => Timm("deit_small_patch16_224", shape),
        },
        new(new("beit_base", "Vision transformer BEiT-B as in timm: relative positions, layer scale.", 85_769_674, 7_690, 16, SmallInput: true))
        {
            Aliases = "beit beit_b beit_base_patch16_224",
            TakesWholePatches = true,
            Python = shape => Timm("beit_base_patch16_224", shape),
        },
    ]);

    private static string Timm(string name, PythonShape shape) => string.Create(
        CultureInfo.InvariantCulture, $"model = timm.create_model(\"{name}\", num_classes=len(classes), img_size={shape.Side}, patch_size={shape.Patch})");
}
