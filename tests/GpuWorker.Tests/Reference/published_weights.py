"""Prints for each architecture named: its name, and of its IMAGENET1K_V1 weights the file name, mean and deviation."""

import sys

import torchvision

for name in sys.argv[1:]:
    weights = torchvision.models.get_model_weights(name).IMAGENET1K_V1
    transforms = weights.transforms()
    print(name, weights.url.rsplit("/", 1)[1], ",".join(map(str, transforms.mean)), ",".join(map(str, transforms.std)))
