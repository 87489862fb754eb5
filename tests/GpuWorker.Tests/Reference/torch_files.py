"""Writes files with torch.save.

usage: torch_files.py KIND OUTPUT_FOLDER

KIND tensors: zip.pth and legacy.pth with tensors of every type and layout, expected.safetensors with the same numbers as float64; wrapped.pth,
parallel.pth, protocol4.pth, parameter.pth with the ways in which scripts save a state dict.
KIND state NAME CLASSES: weights.pth, an architecture of torchvision, and weights.safetensors with the same.
KIND published NAME: published.pth, as torchvision publishes weights of that architecture: under the names of when they were made.
KIND moco: moco.pth, a checkpoint as MoCo v3 writes them of a ViT, and weights.safetensors with the same under torchvision's names.
KIND malicious: one file per attack, named after what it wants to call.
"""

import collections
import os
import pickle
import re
import sys

import torch

from safetensors_writer import save


def tensors():
    torch.manual_seed(3)
    base = torch.randn(4, 6)
    state = collections.OrderedDict()
    state["float32"] = base
    state["float64"] = torch.randn(3, dtype=torch.float64)
    state["float16"] = torch.randn(5).half()
    state["bfloat16"] = torch.randn(5).bfloat16()
    state["int64"] = torch.tensor([1, -(2**40)])
    state["int32"] = torch.tensor([[1], [-70000]], dtype=torch.int32)
    state["int16"] = torch.tensor([300, -2], dtype=torch.int16)
    state["int8"] = torch.tensor([-3, 4], dtype=torch.int8)
    state["uint8"] = torch.tensor([200, 4], dtype=torch.uint8)
    state["bool"] = torch.tensor([True, False, True])
    state["scalar"] = torch.tensor(3.5)
    state["empty"] = torch.zeros(0, 3)
    state["transposed"] = base.t()
    state["row"] = base[2]
    state["every second"] = base[:, ::2]
    state["parameter"] = torch.nn.Parameter(torch.ones(2))
    state._metadata = collections.OrderedDict({"": {"version": 1}})
    return state


def write_tensors(folder):
    state = tensors()
    torch.save(state, folder + "/zip.pth")
    torch.save(state, folder + "/legacy.pth", _use_new_zipfile_serialization=False)
    save({name: tensor.detach().double() for name, tensor in state.items()}, folder + "/expected.safetensors")
    weights = {"a": torch.arange(3.0)}
    checkpoint = {"epoch": 3, "best": 0.5, "arch": "vit", "done": False, "none": None, "sizes": [1, (2, 3)], "shape": weights["a"].shape}
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], 0.1).state_dict()
    torch.save({**checkpoint, "optimizer": optimizer, "state_dict": weights}, folder + "/wrapped.pth")
    torch.save({"model": {"module.a": weights["a"]}}, folder + "/parallel.pth")
    torch.save(weights, folder + "/protocol4.pth", pickle_protocol=4)
    torch.save({"nothing": 1}, folder + "/no tensors.pth")


def write_state(folder, name, classes):
    import torchvision

    torch.manual_seed(5)
    state = getattr(torchvision.models, name)(weights=None, num_classes=int(classes)).state_dict()
    torch.save(state, folder + "/weights.pth")
    save(state, folder + "/weights.safetensors")


def write_published(folder, name):
    write_state(folder, name, 1000)
    state = torch.load(folder + "/weights.pth")
    if name.startswith("densenet"):
        state = {key: value for key, value in state.items() if not key.endswith("num_batches_tracked")}
        state = {re.sub(r"(denselayer\d+\.(?:norm|conv))([12])\.", r"\1.\2.", key): value for key, value in state.items()}
    if name.startswith("vit_"):
        state = {key.replace(".mlp.0.", ".mlp.linear_1.").replace(".mlp.3.", ".mlp.linear_2."): value for key, value in state.items()}
    os.remove(folder + "/weights.pth")
    torch.save(state, folder + "/published.pth", _use_new_zipfile_serialization=False)


def write_moco(folder):
    write_state(folder, "vit_b_16", 1000)
    state = torch.load(folder + "/weights.pth")
    os.remove(folder + "/weights.pth")
    names = [
        (r"^encoder\.layers\.encoder_layer_(\d+)\.", r"blocks.\1."),
        (r"\.ln_1\.", ".norm1."),
        (r"\.ln_2\.", ".norm2."),
        (r"self_attention\.in_proj_", "attn.qkv."),
        (r"self_attention\.out_proj\.", "attn.proj."),
        (r"\.mlp\.0\.", ".mlp.fc1."),
        (r"\.mlp\.3\.", ".mlp.fc2."),
        (r"^encoder\.ln\.", "norm."),
        (r"^encoder\.pos_embedding$", "pos_embed"),
        (r"^class_token$", "cls_token"),
        (r"^conv_proj\.", "patch_embed.proj."),
    ]
    encoder = {}
    for key, value in state.items():
        for old, new in names:
            key = re.sub(old, new, key)
        if not key.startswith("heads."):
            encoder["module.base_encoder." + key] = value
            encoder["module.momentum_encoder." + key] = value[:1] * 0
    encoder["module.base_encoder.head.0.weight"] = torch.ones(8, 768)
    encoder["module.predictor.0.weight"] = torch.ones(8, 8)
    torch.save({"epoch": 300, "arch": "vit_base", "state_dict": encoder}, folder + "/moco.pth")


class Call:
    """Pickles as a call of a function."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def write_malicious(folder):
    mark = folder + "/executed"
    command = "touch '%s'" % mark
    write = folder + "/%s"
    torch.save(Call(os.system, command), write % "posix.system zip.pth")
    torch.save(Call(os.system, command), write % "posix.system legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(Call(os.system, command), write % "posix.system protocol4.pth", pickle_protocol=4)
    torch.save({"state_dict": {"a": torch.ones(1), "b": [Call(eval, "open(%r, 'w')" % mark)]}}, write % "__builtin__.eval nested.pth")
    torch.save({"a": Call(torch._utils._rebuild_tensor_v2, Call(os.system, command), 0, (1,), (1,))}, write % "posix.system argument.pth")
    torch.save(torch.nn.Linear(2, 2), write % "torch.nn.modules.linear.Linear module.pth")
    torch.save(Call(getattr, torch.Size, "__class__"), write % "__builtin__.getattr.pth")
    for protocol in range(6):
        with open(write % f"posix.system plain{protocol}.pth", "wb") as file:
            pickle.dump(Call(os.system, command), file, protocol)
    with open(write % "posix.system inst.pth", "wb") as file:
        file.write(b"\x80\x02(X\x02\x00\x00\x00idiposix\nsystem\n.")


{"tensors": write_tensors, "state": write_state, "published": write_published, "moco": write_moco, "malicious": write_malicious}[sys.argv[1]](*sys.argv[2:])
