"""Makes the two model files beside it and their logits: a qwen2 of 27 thousand weights from a seed,
once in F32 and once in Q8_0, and what exact arithmetic (Python's doubles) makes of them.

    python3 make.py [FOLDER]

Nothing of the engine takes part: files by struct, the transformer from its formulas.
"""
import math
import pathlib
import random
import struct
import sys

LAYERS, WIDTH, HEADS, KV_HEADS, HEAD, FFN = 2, 32, 2, 1, 32, 64
BASE, EPSILON, CONTEXT = 10000.0, 1e-6, 256
TEMPLATE = ("{{ bos_token }}{% for m in messages %}{{ '<|' ~ m.role ~ '|>' ~ m.content }}{% endfor %}"
            "{% if add_generation_prompt %}{{ '<|assistant|><think>\n' }}{% endif %}")
SPECIALS = [("<s>", 3), ("</s>", 3), ("<|user|>", 3), ("<|assistant|>", 3), ("<think>", 4), ("</think>", 4)]
PROMPT = [256 + 5, 39, 68, 75, 75, 78, 220, 256, 257, 264, 10, 199, 0, 255, 258, 100, 101, 7, 8, 9]


def alphabet():
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = [b for b in range(256) if b not in plain]
    return [chr(b) for b in plain] + [chr(256 + i) for i in range(len(rest))]


MERGES = [("t", "h"), ("th", "e"), ("\u0120", "the"), ("\u0120", "a"), ("i", "n")]
TOKENS = alphabet() + [a + b for a, b in MERGES] + [text for text, _ in SPECIALS]
TYPES = [1] * (256 + len(MERGES)) + [kind for _, kind in SPECIALS]
VOCABULARY = len(TOKENS)
FIRST_SPECIAL = 256 + len(MERGES)


def weights():
    """name -> (rows, columns or 0, values rounded to float32)"""
    rng = random.Random(20250221)
    single = lambda v: struct.unpack("<f", struct.pack("<f", v))[0]
    matrix = lambda r, c, s: (r, c, [single(rng.gauss(0, s)) for _ in range(r * c)])
    vector = lambda n, mean, s: (n, 0, [single(rng.gauss(mean, s)) for _ in range(n)])
    made = {"token_embd.weight": matrix(VOCABULARY, WIDTH, 1.0)}
    for i in range(LAYERS):
        b = f"blk.{i}."
        made[b + "attn_norm.weight"] = vector(WIDTH, 1, 0.2)
        made[b + "attn_q.weight"] = matrix(HEADS * HEAD, WIDTH, 0.25)
        made[b + "attn_q.bias"] = vector(HEADS * HEAD, 0, 0.5)
        made[b + "attn_k.weight"] = matrix(KV_HEADS * HEAD, WIDTH, 0.25)
        made[b + "attn_k.bias"] = vector(KV_HEADS * HEAD, 0, 2.0)
        made[b + "attn_v.weight"] = matrix(KV_HEADS * HEAD, WIDTH, 0.25)
        made[b + "attn_v.bias"] = vector(KV_HEADS * HEAD, 0, 0.2)
        made[b + "attn_output.weight"] = matrix(WIDTH, HEADS * HEAD, 0.15)
        made[b + "ffn_norm.weight"] = vector(WIDTH, 1, 0.2)
        made[b + "ffn_gate.weight"] = matrix(FFN, WIDTH, 0.3)
        made[b + "ffn_up.weight"] = matrix(FFN, WIDTH, 0.3)
        made[b + "ffn_down.weight"] = matrix(WIDTH, FFN, 0.15)
    made["output_norm.weight"] = vector(WIDTH, 0, 0.6)
    return made


def q8_0(values):
    """Blocks of 32 with a half-precision scale: (bytes, what they decode to)."""
    out, decoded = b"", []
    for at in range(0, len(values), 32):
        block = values[at:at + 32]
        scale = struct.unpack("<e", struct.pack("<e", max(abs(v) for v in block) / 127))[0]
        whole = [max(-127, min(127, round(v / scale))) if scale else 0 for v in block]
        out += struct.pack("<e32b", scale, *whole)
        decoded += [scale * q for q in whole]
    return out, decoded


# --- GGUF, version 3 ---
def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def key(name, kind, value):
    return text(name) + struct.pack("<I", kind) + value


def array(name, kind, items):
    return key(name, 9, struct.pack("<IQ", kind, len(items)) + b"".join(items))


def write_gguf(path, tensors):
    u32 = lambda name, v: key(name, 4, struct.pack("<I", v))
    f32 = lambda name, v: key(name, 6, struct.pack("<f", v))
    string = lambda name, v: key(name, 8, text(v))
    keys = [string("general.architecture", "qwen2"), string("general.name", "Tiny test model"),
            u32("general.quantization_version", 2),
            u32("qwen2.block_count", LAYERS), u32("qwen2.context_length", CONTEXT),
            u32("qwen2.embedding_length", WIDTH), u32("qwen2.feed_forward_length", FFN),
            u32("qwen2.attention.head_count", HEADS), u32("qwen2.attention.head_count_kv", KV_HEADS),
            u32("qwen2.attention.key_length", HEAD), u32("qwen2.attention.value_length", HEAD),
            f32("qwen2.attention.layer_norm_rms_epsilon", EPSILON), f32("qwen2.rope.freq_base", BASE),
            string("tokenizer.ggml.model", "gpt2"), string("tokenizer.ggml.pre", "qwen2"),
            array("tokenizer.ggml.tokens", 8, [text(t) for t in TOKENS]),
            array("tokenizer.ggml.token_type", 5, [struct.pack("<i", t) for t in TYPES]),
            array("tokenizer.ggml.merges", 8, [text(a + " " + b) for a, b in MERGES]),
            u32("tokenizer.ggml.bos_token_id", FIRST_SPECIAL), u32("tokenizer.ggml.eos_token_id", FIRST_SPECIAL + 1),
            key("tokenizer.ggml.add_bos_token", 7, b"\1"), string("tokenizer.chat_template", TEMPLATE)]
    infos, data = b"", b""
    for name, (rows, columns, kind, content) in tensors.items():
        dims = [columns, rows] if columns else [rows]
        infos += text(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, len(data))
        data += content + b"\0" * (-len(content) % 32)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(keys)) + b"".join(keys) + infos
    path.write_bytes(head + b"\0" * (-len(head) % 32) + data)


# --- the transformer ---
def product(matrix, x):
    rows, columns, w = matrix
    return [sum(w[r * columns + c] * x[c] for c in range(columns)) for r in range(rows)]


def normed(x, weight):
    scale = 1 / math.sqrt(sum(v * v for v in x) / len(x) + EPSILON)
    return [v * scale * w for v, w in zip(x, weight[2])]


def turned(x, position):
    out = list(x)
    for head in range(0, len(x), HEAD):
        for j in range(HEAD // 2):
            angle = position * BASE ** (-2 * j / HEAD)
            a, b = x[head + j], x[head + j + HEAD // 2]
            out[head + j] = a * math.cos(angle) - b * math.sin(angle)
            out[head + j + HEAD // 2] = a * math.sin(angle) + b * math.cos(angle)
    return out


def logits(w, tokens):
    caches = [([], []) for _ in range(LAYERS)]
    result = []
    for position, token in enumerate(tokens):
        x = w["token_embd.weight"][2][token * WIDTH:(token + 1) * WIDTH]
        for i, (keys, values) in enumerate(caches):
            t = lambda name: w[f"blk.{i}.{name}"]
            add = lambda y, bias: [a + b for a, b in zip(y, t(bias)[2])]
            y = normed(x, t("attn_norm.weight"))
            q = turned(add(product(t("attn_q.weight"), y), "attn_q.bias"), position)
            keys.append(turned(add(product(t("attn_k.weight"), y), "attn_k.bias"), position))
            values.append(add(product(t("attn_v.weight"), y), "attn_v.bias"))
            mixed = []
            for head in range(HEADS):
                own = q[head * HEAD:(head + 1) * HEAD]
                scores = [math.exp(sum(a * b for a, b in zip(own, k)) / math.sqrt(HEAD)) for k in keys]
                mixed += [sum(s * v[d] for s, v in zip(scores, values)) / sum(scores) for d in range(HEAD)]
            x = [a + b for a, b in zip(x, product(t("attn_output.weight"), mixed))]
            y = normed(x, t("ffn_norm.weight"))
            gate, up = product(t("ffn_gate.weight"), y), product(t("ffn_up.weight"), y)
            y = [g / (1 + math.exp(-g)) * u for g, u in zip(gate, up)]
            x = [a + b for a, b in zip(x, product(t("ffn_down.weight"), y))]
        result += product(w["token_embd.weight"], normed(x, w["output_norm.weight"]))
    return result


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    plain = weights()
    quantized, decoded, in_f32 = {}, {}, {}
    for name, (rows, columns, values) in plain.items():
        raw = struct.pack(f"<{len(values)}f", *values)
        in_f32[name] = (rows, columns, 0, raw)
        if columns:
            content, values = q8_0(values)
            quantized[name] = (rows, columns, 8, content)
        else:
            quantized[name] = in_f32[name]
        decoded[name] = (rows, columns, values)
    for mix, tensors, w in (("F32", in_f32, plain), ("Q8_0", quantized, decoded)):
        write_gguf(folder / f"tiny.{mix}.gguf", tensors)
        values = logits(w, PROMPT)
        (folder / f"tiny.{mix}.logits.f32").write_bytes(struct.pack(f"<{len(values)}f", *values))
    (folder / "tokens.txt").write_text(" ".join(map(str, PROMPT)) + "\n")


if __name__ == "__main__":
    main()
