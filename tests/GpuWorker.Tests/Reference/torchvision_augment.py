"""Makes the reference for augmentations: images from a fixed seed, and the results of torchvision's functions.

usage: torchvision_augment.py CASES OUTPUT_FOLDER
CASES is JSON: { "<case>": ["<function>", argument, …], … }. The files images.safetensors and cases.safetensors hold float32 in [0, 1].
"""

import json
import sys

import torch
from torchvision.transforms import InterpolationMode, autoaugment
from torchvision.transforms import functional as F

from safetensors_writer import save

SIDE = 24
cases, folder = json.loads(sys.argv[1]), sys.argv[2]
torch.manual_seed(3)
levels = torch.randint(0, 256, (4, 3, SIDE, SIDE), dtype=torch.uint8)
levels[1] = levels[1] // 4 + 90
levels[2] = torch.linspace(0, 255, SIDE).to(torch.uint8)
levels[3, 1] = 77
images = levels.float() / 255


def auto(space, operation, step, sign):
    if space == "randAugment":
        magnitudes, signed = autoaugment.RandAugment()._augmentation_space(31, (SIDE, SIDE))[operation]
    else:
        magnitudes, signed = autoaugment.TrivialAugmentWide()._augmentation_space(31)[operation]
    magnitude = float(magnitudes[step]) if magnitudes.ndim > 0 else 0.0
    magnitude = magnitude * sign if signed else magnitude
    return autoaugment._apply_op(levels, operation, magnitude, InterpolationMode.NEAREST, None)


FUNCTIONS = {
    "crop": lambda padding, top, left: F.crop(F.pad(images, padding), top, left, SIDE, SIDE),
    "hflip": lambda: F.hflip(images),
    "vflip": lambda: F.vflip(images),
    "erase": lambda top, left, height, width: F.erase(images, top, left, height, width, torch.zeros(1)),
    "rotate": lambda degrees: F.rotate(images, degrees),
    "affine": lambda degrees, right, down, scale, shear: F.affine(images, degrees, [right, down], scale, [shear, 0.0]),
    "resized_crop": lambda top, left, height, width: F.resized_crop(images, top, left, height, width, [SIDE, SIDE]),
    "gaussian_blur": lambda size, sigma: F.gaussian_blur(images, [size, size], [sigma, sigma]),
    "brightness": lambda factor: F.adjust_brightness(images, factor),
    "contrast": lambda factor: F.adjust_contrast(images, factor),
    "saturation": lambda factor: F.adjust_saturation(images, factor),
    "hue": lambda turn: F.adjust_hue(images, turn),
    "sharpness": lambda factor: F.adjust_sharpness(images, factor),
    "grayscale": lambda _: F.rgb_to_grayscale(images, 3),
    "solarize": lambda threshold: F.solarize(images, threshold),
    "autocontrast": lambda _: F.autocontrast(images),
    "posterize": lambda bits: F.posterize(levels, int(bits)),
    "equalize": lambda _: F.equalize(levels),
    "auto": auto,
}


def unit(tensor):
    return tensor.float() / 255 if tensor.dtype == torch.uint8 else tensor


save({"images": images}, folder + "/images.safetensors")
save({name: unit(FUNCTIONS[case[0]](*case[1:])).contiguous() for name, case in cases.items()}, folder + "/cases.safetensors")
