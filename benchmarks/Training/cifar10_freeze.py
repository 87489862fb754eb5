"""The recipe of sweeps/cifar10-freeze.yaml as a user would write it in PyTorch and torchvision: a pretrained ResNet-18 at 32 pixels, first its head
alone, then all of it.

Usage: cifar10_freeze.py FOLDER WEIGHTS EPOCHS FROZEN LOADERS LIMIT
FOLDER holds train/<class>/*.jpg and val/<class>/*.jpg; WEIGHTS is a safetensors file with torchvision's names and the normalization in its header;
LIMIT is a number of training images, 0 for all. Prints one line per epoch: its seconds with the evaluation, and the validation accuracy.
"""
import json, struct, sys, time
import torch, torchvision
from torchvision import transforms as T

folder, weights = sys.argv[1:3]
epochs, frozen, loaders, limit = (int(argument) for argument in sys.argv[3:7])
BATCH = 64


def read(path):
    """The tensors of a safetensors file, and the metadata of its header."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    types = {"F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            first, end = entry["data_offsets"]
            type = types[entry["dtype"]]
            tensors[name] = torch.frombuffer(data, dtype=type, count=(end - first) // torch.empty(0, dtype=type).element_size(), offset=first).reshape(entry["shape"]).clone()
    return tensors, header.get("__metadata__", {})


def images(split, transforms, count):
    dataset = torchvision.datasets.ImageFolder(f"{folder}/{split}", T.Compose(transforms))
    if not count:
        return dataset
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(0))
    return torch.utils.data.Subset(dataset, order[:count].tolist())


def main():
    torch.manual_seed(0)
    torch.set_num_threads(2)
    tensors, metadata = read(weights)
    numbers = [json.loads(metadata[key]) if key in metadata else default for key, default in (("mean", [0.485, 0.456, 0.406]), ("deviation", [0.229, 0.224, 0.225]))]
    normalize = [T.ToTensor(), T.Normalize(*numbers)]
    augment = [T.RandomCrop(32, padding=4), T.RandomHorizontalFlip(), T.ColorJitter(0.2, 0.2, 0.2, 0.1), T.RandomRotation(15)]
    training = torch.utils.data.DataLoader(images("train", augment + normalize, limit), BATCH, shuffle=True, num_workers=loaders, persistent_workers=loaders > 0)
    validation = torch.utils.data.DataLoader(images("val", normalize, limit // 5), BATCH, num_workers=loaders, persistent_workers=loaders > 0)
    model = torchvision.models.resnet18(num_classes=10)
    missing = set(model.state_dict()) - set(tensors)
    assert all(name.startswith("fc.") or name.endswith("num_batches_tracked") for name in missing), missing
    model.load_state_dict({name: tensor for name, tensor in tensors.items() if name in model.state_dict()}, strict=False)
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=2)
    for epoch in range(epochs):
        start = time.time()
        for name, parameter in model.named_parameters():
            parameter.requires_grad = epoch >= frozen or name.startswith("fc.")
        model.train()
        for pixels, labels in training:
            loss = loss_of(model(pixels), labels)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        model.eval()
        correct = total = loss = 0
        with torch.no_grad():
            for pixels, labels in validation:
                logits = model(pixels)
                loss += loss_of(logits, labels).item() * len(labels)
                correct += (logits.argmax(1) == labels).sum().item()
                total += len(labels)
        scheduler.step(loss / total)
        print(f"epoch {epoch + 1}: {time.time() - start:.1f} s, validation accuracy {correct / total:.4f}", flush=True)


main()
