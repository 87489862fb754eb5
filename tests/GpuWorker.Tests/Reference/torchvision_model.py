"""Makes the reference for one architecture: weights from a fixed seed, a batch of images, and the logits for it.

usage: torchvision_model.py NAME CLASSES IMAGE_SIZE OUTPUT_FOLDER
"""

import sys

import torch
import torchvision

from safetensors_writer import save


def skip_matrices(draw):
    """Draws vectors alone: all weights of more dimensions are replaced below, and the constructors of the large networks draw them twice."""
    return lambda tensor, *args, **kwargs: tensor if tensor.dim() > 1 else draw(tensor, *args, **kwargs)


name, classes, size, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
torch.manual_seed(7)
options = {"image_size": size} if name.startswith("vit_") else {}
if name == "googlenet":
    options["init_weights"] = True
draws = {draw: getattr(torch.nn.init, draw) for draw in ("uniform_", "normal_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_", "xavier_uniform_")}
for draw, original in draws.items():
    setattr(torch.nn.init, draw, skip_matrices(original))
model = getattr(torchvision.models, name)(weights=None, num_classes=classes, **options)
for draw, original in draws.items():
    setattr(torch.nn.init, draw, original)

# Initial weights of some architectures give logits that hardly depend on the image, or are huge. These weights do neither; and with these
# statistics of the batch norms, as after training, evaluation mode is not the identity.
with torch.no_grad():
    for parameter in model.parameters():
        if parameter.dim() > 1:
            parameter.normal_(std=(2 / parameter[0].numel()) ** 0.5)
for module in model.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        torch.nn.init.uniform_(module.weight, 0.8, 1.2)
        torch.nn.init.normal_(module.bias, std=0.1)
        module.running_mean.normal_(std=0.1)
        module.running_var.uniform_(0.8, 1.2)

# Weights at or near zero would hide mistakes.
for key, parameter in model.named_parameters():
    if key == "heads.head.weight":
        torch.nn.init.normal_(parameter, std=0.05)
    elif key.endswith("relative_position_bias_table"):
        torch.nn.init.normal_(parameter, std=0.5)
model.eval()
images = torch.randn(4, 3, size, size)
head = [module for module in model.modules() if isinstance(module, torch.nn.Linear)][-1]
with torch.no_grad():
    head.weight.div_(model(images).std())
    logits = model(images)
save(model.state_dict(), folder + "/weights.safetensors")
save({"images": images, "logits": logits}, folder + "/batch.safetensors")
