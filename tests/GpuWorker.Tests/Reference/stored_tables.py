"""Fits tables of a transformer to other sizes with torchvision's and torch's own functions.

usage: stored_tables.py OUTPUT_FILE
"""

import sys

import torch
import torch.nn.functional as F
from torchvision.models.vision_transformer import interpolate_embeddings

from safetensors_writer import save

torch.manual_seed(7)
tensors = {}

positions = torch.randn(1, 14 * 14 + 1, 8)
tensors["positions"] = positions
for size in (384, 32):
    state = interpolate_embeddings(size, 16, {"encoder.pos_embedding": positions})
    tensors[f"positions_{size}"] = state["encoder.pos_embedding"]

table = torch.randn(13 * 13 + 3, 4)
tensors["table"] = table
grid = table[:-3].t().reshape(1, 4, 13, 13)
for side in (23, 5):
    resized = F.interpolate(grid, size=(side, side), mode="bicubic", align_corners=False)
    tensors[f"table_{side}"] = torch.cat([resized.reshape(4, side * side).t(), table[-3:]])

kernel = torch.randn(6, 3, 16, 16)
tensors["kernel"] = kernel
for size in (4, 32):
    resized = F.interpolate(kernel, size=(size, size), mode="bilinear", align_corners=False, antialias=True)
    tensors[f"kernel_{size}"] = resized * (16 * 16) / (size * size)

save(tensors, sys.argv[1])
