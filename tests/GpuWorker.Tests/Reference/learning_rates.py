"""Prints the learning rates, base 1, that torch's schedulers give: one line per iteration.

usage: learning_rates.py SCHEDULER EPOCHS WARMUP_EPOCHS ITERATIONS_PER_EPOCH
"""

import sys
import warnings

import torch
from torch.optim import lr_scheduler

warnings.simplefilter("ignore")
name = sys.argv[1]
epochs, warmup_epochs, iterations = (int(argument) for argument in sys.argv[2:])
remaining = epochs - warmup_epochs
optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


def per_epoch(schedule):
    """The factor of a scheduler that is stepped once an epoch, for one that is stepped every iteration."""
    own = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = schedule(own)
    factors = []
    for _ in range(remaining + 1):
        factors.append(own.param_groups[0]["lr"])
        own.step()
        scheduler.step()
    return lambda iteration: factors[iteration // iterations]


factor = {
    "none": lambda: lambda iteration: 1.0,
    "step": lambda: per_epoch(lambda o: lr_scheduler.StepLR(o, 3, gamma=0.5)),
    "multistep": lambda: per_epoch(lambda o: lr_scheduler.MultiStepLR(o, [2, 5], gamma=0.5)),
    "cosine": lambda: per_epoch(lambda o: lr_scheduler.CosineAnnealingLR(o, remaining)),
}[name]()
main = lr_scheduler.LambdaLR(optimizer, factor)
scheduler = main
if warmup_epochs > 0:
    warmup = lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters=warmup_epochs * iterations)
    scheduler = lr_scheduler.SequentialLR(optimizer, [warmup, main], milestones=[warmup_epochs * iterations])
for _ in range(epochs * iterations):
    print(repr(optimizer.param_groups[0]["lr"]))
    optimizer.step()
    scheduler.step()
