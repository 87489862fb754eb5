"""Makes the reference for DeiT-S or BEiT-B from their published definitions, in plain torch operations and without timm.

Weights are random, from a fixed seed, under timm's names; beside them a batch of images and the logits for it.

usage: timm_model.py deit_small|beit_base CLASSES IMAGE_SIZE PATCH_SIZE OUTPUT_FOLDER
"""

import math
import sys

import torch

from safetensors_writer import save

DEPTH = 12


def draw(*shape, std=0.05, mean=0.0):
    return torch.randn(*shape) * std + mean


def deit_weights(side, width):
    weights = {
        "cls_token": draw(1, 1, width),
        "pos_embed": draw(1, side * side + 1, width),
        "norm.weight": draw(width, mean=1.0),
        "norm.bias": draw(width),
    }
    for i in range(DEPTH):
        weights[f"blocks.{i}.attn.qkv.bias"] = draw(3 * width)
    return weights


def beit_weights(side, width, heads):
    weights = {
        "cls_token": draw(1, 1, width),
        "fc_norm.weight": draw(width, mean=1.0),
        "fc_norm.bias": draw(width),
    }
    for i in range(DEPTH):
        block = f"blocks.{i}"
        weights[f"{block}.gamma_1"] = draw(width, mean=0.3)
        weights[f"{block}.gamma_2"] = draw(width, mean=0.3)
        weights[f"{block}.attn.q_bias"] = draw(width)
        weights[f"{block}.attn.v_bias"] = draw(width)
        weights[f"{block}.attn.relative_position_bias_table"] = draw((2 * side - 1) ** 2 + 3, heads, std=0.5)
    return weights


def common_weights(classes, patch, width):
    weights = {
        "patch_embed.proj.weight": draw(width, 3, patch, patch),
        "patch_embed.proj.bias": draw(width),
        "head.weight": draw(classes, width),
        "head.bias": draw(classes),
    }
    for i in range(DEPTH):
        block = f"blocks.{i}"
        for norm in ("norm1", "norm2"):
            weights[f"{block}.{norm}.weight"] = draw(width, mean=1.0)
            weights[f"{block}.{norm}.bias"] = draw(width)
        weights[f"{block}.attn.qkv.weight"] = draw(3 * width, width)
        weights[f"{block}.attn.proj.weight"] = draw(width, width)
        weights[f"{block}.attn.proj.bias"] = draw(width)
        weights[f"{block}.mlp.fc1.weight"] = draw(4 * width, width)
        weights[f"{block}.mlp.fc1.bias"] = draw(4 * width)
        weights[f"{block}.mlp.fc2.weight"] = draw(width, 4 * width)
        weights[f"{block}.mlp.fc2.bias"] = draw(width)
    return weights


def normalize(x, weights, name):
    mean = x.mean(-1, keepdim=True)
    variance = x.var(-1, unbiased=False, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-6) * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def patches(images, weights, patch):
    """Multiplies each patch instead of convolving."""
    kernel = weights["patch_embed.proj.weight"].flatten(1)
    rows = []
    for top in range(0, images.shape[2], patch):
        for left in range(0, images.shape[3], patch):
            pixels = images[:, :, top : top + patch, left : left + patch].flatten(1)
            rows.append(pixels @ kernel.t() + weights["patch_embed.proj.bias"])
    return torch.stack(rows, 1)


def attention(x, qkv_weight, qkv_bias, heads, bias):
    n, length, width = x.shape
    q, k, v = (x @ qkv_weight.t() + qkv_bias).split(width, -1)
    outputs = []
    for head in range(heads):
        part = slice(head * width // heads, (head + 1) * width // heads)
        scores = q[..., part] @ k[..., part].transpose(1, 2) / math.sqrt(width // heads)
        if bias is not None:
            scores = scores + bias[head]
        outputs.append(torch.softmax(scores, -1) @ v[..., part])
    return torch.cat(outputs, -1)


def relative_bias(table, side):
    """[heads, L, L]: the first of L places is the class token's; the table's last three rows are from it, to it, and to itself."""
    length = side * side + 1
    bias = torch.empty(table.shape[1], length, length)
    for i in range(length):
        for j in range(length):
            if i == 0 and j == 0:
                row = table.shape[0] - 1
            elif i == 0:
                row = table.shape[0] - 3
            elif j == 0:
                row = table.shape[0] - 2
            else:
                down = (i - 1) // side - (j - 1) // side
                right = (i - 1) % side - (j - 1) % side
                row = (down + side - 1) * (2 * side - 1) + right + side - 1
            bias[:, i, j] = table[row]
    return bias


def block(x, weights, name, heads, side):
    width = x.shape[-1]
    bias, scale_1, scale_2 = None, 1.0, 1.0
    qkv_bias = weights.get(f"{name}.attn.qkv.bias")
    if qkv_bias is None:
        qkv_bias = torch.cat([weights[f"{name}.attn.q_bias"], torch.zeros(width), weights[f"{name}.attn.v_bias"]])
        bias = relative_bias(weights[f"{name}.attn.relative_position_bias_table"], side)
        scale_1, scale_2 = weights[f"{name}.gamma_1"], weights[f"{name}.gamma_2"]
    mixed = attention(normalize(x, weights, f"{name}.norm1"), weights[f"{name}.attn.qkv.weight"], qkv_bias, heads, bias)
    x = x + scale_1 * (mixed @ weights[f"{name}.attn.proj.weight"].t() + weights[f"{name}.attn.proj.bias"])
    hidden = gelu(normalize(x, weights, f"{name}.norm2") @ weights[f"{name}.mlp.fc1.weight"].t() + weights[f"{name}.mlp.fc1.bias"])
    return x + scale_2 * (hidden @ weights[f"{name}.mlp.fc2.weight"].t() + weights[f"{name}.mlp.fc2.bias"])


def logits(name, images, weights, patch, heads, side):
    x = patches(images, weights, patch)
    x = torch.cat([weights["cls_token"].expand(len(x), -1, -1), x], 1)
    if name == "deit_small":
        x = x + weights["pos_embed"]
    for i in range(DEPTH):
        x = block(x, weights, f"blocks.{i}", heads, side)
    if name == "deit_small":
        x = normalize(x, weights, "norm")[:, 0]
    else:
        x = normalize(x[:, 1:].mean(1), weights, "fc_norm")
    return x @ weights["head.weight"].t() + weights["head.bias"]


def main():
    name, folder = sys.argv[1], sys.argv[5]
    classes, size, patch = (int(argument) for argument in sys.argv[2:5])
    side = size // patch
    torch.manual_seed(7)
    width, heads = {"deit_small": (384, 6), "beit_base": (768, 12)}[name]
    weights = common_weights(classes, patch, width)
    weights.update(deit_weights(side, width) if name == "deit_small" else beit_weights(side, width, heads))
    images = torch.randn(4, 3, size, size)
    save(weights, folder + "/weights.safetensors")
    save({"images": images, "logits": logits(name, images, weights, patch, heads, side)}, folder + "/batch.safetensors")


main()
