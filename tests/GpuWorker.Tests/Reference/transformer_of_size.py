"""Makes the reference for one of torchvision's transformers at another image and patch size.

usage: transformer_of_size.py vit_b_16|swin_t CLASSES IMAGE_SIZE PATCH_SIZE OUTPUT_FOLDER
"""

import sys

import torch
from torchvision.models.swin_transformer import SwinTransformer
from torchvision.models.vision_transformer import VisionTransformer

from safetensors_writer import save

name, folder = sys.argv[1], sys.argv[5]
classes, size, patch = (int(argument) for argument in sys.argv[2:5])
torch.manual_seed(7)
if name == "vit_b_16":
    model = VisionTransformer(
        image_size=size, patch_size=patch, num_layers=12, num_heads=12, hidden_dim=768, mlp_dim=3072, num_classes=classes)
    torch.nn.init.normal_(model.heads.head.weight, std=0.05)
else:
    model = SwinTransformer(
        patch_size=[patch, patch], embed_dim=96, depths=[2, 2, 6, 2], num_heads=[3, 6, 12, 24], window_size=[7, 7],
        stochastic_depth_prob=0.2, num_classes=classes)
    for key, parameter in model.named_parameters():
        if "relative_position_bias_table" in key:
            torch.nn.init.normal_(parameter, std=0.5)
model.eval()
images = torch.randn(4, 3, size, size)
with torch.no_grad():
    logits = model(images)
save(model.state_dict(), folder + "/weights.safetensors")
save({"images": images, "logits": logits}, folder + "/batch.safetensors")
