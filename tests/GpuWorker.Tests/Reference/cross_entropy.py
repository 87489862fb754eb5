"""Writes logits, labels and shares, and torch's cross-entropy for them with each kind of target, smoothing and class weights, and a loss with a teacher.

usage: cross_entropy.py OUTPUT_FILE
"""

import sys

import torch
from torch.nn.functional import cross_entropy, kl_div
from sklearn.utils.class_weight import compute_class_weight

from safetensors_writer import save

torch.manual_seed(3)
counts = [5, 1, 3, 2]
labels = torch.tensor([c for c, count in enumerate(counts) for _ in range(count)])[torch.randperm(sum(counts))]
logits = torch.randn(len(labels), len(counts)) * 2
shares = torch.softmax(torch.randn(len(labels), len(counts)), 1)
balanced = torch.tensor(compute_class_weight("balanced", classes=range(len(counts)), y=labels.numpy()), dtype=torch.float32)
results = {"logits": logits, "labels": labels, "shares": shares, "counts": torch.tensor(counts), "balanced": balanced}
for weighting, weight in (("none", None), ("balanced", balanced)):
    for smoothing in (0.0, 0.1):
        for kind, target in (("labels", labels), ("shares", shares)):
            loss = cross_entropy(logits, target, weight=weight, label_smoothing=smoothing)
            results[f"{weighting}/{smoothing}/{kind}"] = loss.reshape(1)
teacher, temperature, alpha = torch.randn_like(logits) * 2, 3.0, 0.7
divergence = kl_div(torch.log_softmax(logits / temperature, 1), torch.softmax(teacher / temperature, 1), reduction="batchmean")
results["teacher"] = teacher
results["distilled"] = (alpha * temperature**2 * divergence + (1 - alpha) * cross_entropy(logits, labels)).reshape(1)
save(results, sys.argv[1])
