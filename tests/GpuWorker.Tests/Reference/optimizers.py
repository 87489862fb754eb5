"""Two hundred steps of PyTorch's optimizers on three parameters, whose gradients are c (p - t) + sin(step + i) for element i.

usage: optimizers.py OUTPUT_FOLDER

Leaves NAME-MOMENTUM-DECAY.safetensors for every combination, with the parameters "vector", "matrix" and "kernel" after the last step.
"""

import sys

import torch

from safetensors_writer import save

SHAPES = {"vector": (13,), "matrix": (31, 17), "kernel": (8, 3, 5, 5)}
STEPS = 200
RATE = 0.01


def column(shape):
    count = int(torch.tensor(shape).prod())
    return torch.arange(count, dtype=torch.float64).reshape(shape)


def parameter(shape):
    index = column(shape)
    return (torch.cos(index) * 0.5).float()


def gradient(value, step):
    index = column(value.shape)
    curvature = (0.1 + (index % 7) / 7).float()
    target = torch.sin(index * 3).float()
    return curvature * (value - target) + torch.sin(index + step).float()


def optimizer(name, parameters, momentum, decay):
    if name == "sgd":
        return torch.optim.SGD(parameters, RATE, momentum=momentum, weight_decay=decay)
    if name == "adam":
        return torch.optim.Adam(parameters, RATE, weight_decay=decay)
    if name == "adamw":
        return torch.optim.AdamW(parameters, RATE, weight_decay=decay)
    return torch.optim.RMSprop(parameters, RATE, momentum=momentum, weight_decay=decay)


for name in ("sgd", "adam", "adamw", "rmsprop"):
    for momentum in (0, 0.9):
        for decay in (0, 0.1):
            values = {key: torch.nn.Parameter(parameter(shape)) for key, shape in SHAPES.items()}
            steps = optimizer(name, list(values.values()), momentum, decay)
            for step in range(STEPS):
                for value in values.values():
                    value.grad = gradient(value.detach(), step)
                steps.step()
            save({key: value.detach() for key, value in values.items()}, f"{sys.argv[1]}/{name}-{momentum}-{decay}.safetensors")
