#!/usr/bin/env python3
"""Write a checkpoint as a GGUF file: matrices in Q8_0, norms and biases in F32.

  export.py work/v1/final.pt deepwell-starter.gguf
"""
import argparse
import pathlib
import struct

import torch

from model import Model, Shape
from tokenizer import BEGIN, END, Tokenizer

U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TYPE_F32, TYPE_Q8_0 = 0, 8
ALIGNMENT = 32


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, v):
    if kind == STRING:
        return string(v)
    if kind == ARRAY:
        inner, items = v
        return struct.pack("<IQ", inner, len(items)) + b"".join(value(inner, item) for item in items)
    return struct.pack({U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind], v)


def q8_0(matrix):
    """Blocks of 32: a half-precision scale, then 32 signed bytes."""
    blocks = matrix.float().reshape(-1, 32)
    scale = blocks.abs().amax(1, keepdim=True) / 127
    scale = scale.half()
    exact = scale.float()
    inverse = torch.where(exact > 0, 1 / exact, torch.zeros_like(exact))
    quants = (blocks * inverse).round().clamp(-127, 127).to(torch.int8)
    out = torch.cat((scale.view(torch.int16).view(-1, 1).view(torch.int8).reshape(-1, 2), quants), 1)
    return out.contiguous().numpy().tobytes()


def metadata(shape, tokenizer, parameters, template):
    a = "qwen2"
    return [
        ("general.architecture", STRING, a), ("general.type", STRING, "model"),
        ("general.name", STRING, "Deepwell starter"), ("general.author", STRING, "The Deepwell project"),
        ("general.version", STRING, "1"), ("general.license", STRING, "mit"),
        ("general.description", STRING, "A very small reasoning model that ships with Deepwell: whole-number arithmetic, simple word problems "
         "and questions on Deepwell, in English and Indonesian. It is trained from scratch on texts made by rule and knows nothing else."),
        ("general.size_label", STRING, f"{parameters / 1e6:.1f}M"), ("general.languages", ARRAY, (STRING, ["en", "id"])),
        ("general.tags", ARRAY, (STRING, ["reasoning", "arithmetic"])),
        ("general.file_type", U32, 7), ("general.quantization_version", U32, 2), ("general.alignment", U32, ALIGNMENT),
        ("general.sampling.temp", F32, 0.0), ("general.sampling.top_k", I32, 1), ("general.sampling.top_p", F32, 1.0), ("general.sampling.min_p", F32, 0.0),
        (f"{a}.context_length", U32, shape.context), (f"{a}.embedding_length", U32, shape.width), (f"{a}.block_count", U32, shape.layers),
        (f"{a}.feed_forward_length", U32, shape.hidden), (f"{a}.attention.head_count", U32, shape.heads), (f"{a}.attention.head_count_kv", U32, shape.kv_heads),
        (f"{a}.attention.layer_norm_rms_epsilon", F32, shape.epsilon), (f"{a}.rope.freq_base", F32, shape.rope_base),
        ("tokenizer.ggml.model", STRING, "gpt2"), ("tokenizer.ggml.pre", STRING, "deepseek-r1-qwen"),
        ("tokenizer.ggml.tokens", ARRAY, (STRING, tokenizer.tokens)), ("tokenizer.ggml.token_type", ARRAY, (I32, tokenizer.types)),
        ("tokenizer.ggml.merges", ARRAY, (STRING, [" ".join(pair) for pair in tokenizer.merges])),
        ("tokenizer.ggml.bos_token_id", U32, tokenizer.ids[BEGIN]), ("tokenizer.ggml.eos_token_id", U32, tokenizer.ids[END]), ("tokenizer.ggml.padding_token_id", U32, tokenizer.ids[END]),
        ("tokenizer.ggml.add_bos_token", BOOL, True), ("tokenizer.ggml.add_eos_token", BOOL, False),
        ("tokenizer.chat_template", STRING, template),
    ]


def write(path, shape, weights, tokenizer, template):
    tensors = []
    for name, tensor in weights.items():
        parts = name.split(".")
        dims = list(reversed(tensor.shape))
        matrix = tensor.dim() == 2
        data = q8_0(tensor) if matrix else tensor.float().contiguous().numpy().tobytes()
        tensors.append((".".join(parts), dims, TYPE_Q8_0 if matrix else TYPE_F32, data))
    pairs = metadata(shape, tokenizer, sum(t.numel() for t in weights.values()), template)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs))
    for key, kind, v in pairs:
        head += string(key) + struct.pack("<I", kind) + value(kind, v)
    offset, body = 0, []
    for name, dims, kind, data in tensors:
        head += string(name) + struct.pack("<I", len(dims)) + struct.pack(f"<{len(dims)}Q", *dims) + struct.pack("<IQ", kind, offset)
        padded = data + b"\0" * (-len(data) % ALIGNMENT)
        body.append(padded)
        offset += len(padded)
    head += b"\0" * (-len(head) % ALIGNMENT)
    path.write_bytes(head + b"".join(body))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint", type=pathlib.Path)
    p.add_argument("out", type=pathlib.Path)
    a = p.parse_args()
    state = torch.load(a.checkpoint, map_location="cpu")
    shape = Shape(**state["shape"])
    model = Model(shape)
    model.load_state_dict(state["model"], strict=False)
    template = pathlib.Path(__file__).with_name("template.jinja").read_text(encoding="utf-8").rstrip("\n")
    write(a.out, shape, {name: p.detach() for name, p in model.named_parameters()}, Tokenizer(), template)
    print(f"{a.out}: {a.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
