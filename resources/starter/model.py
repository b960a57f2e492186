"""The architecture qwen2 in PyTorch, for training and for looking at a model before it is exported."""
import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Shape:
    vocabulary: int
    width: int = 256
    layers: int = 5
    heads: int = 4
    kv_heads: int = 2
    head: int = 64
    hidden: int = 768
    rope_base: float = 10000.0
    epsilon: float = 1e-6
    context: int = 2048


class _Norm(torch.autograd.Function):
    """RMS norm with few passes over the memory; the result is in the type of the products that follow."""

    @staticmethod
    def forward(ctx, x, weight, epsilon, out):
        r = torch.linalg.vector_norm(x, dim=-1, keepdim=True).pow_(2).div_(x.shape[-1]).add_(epsilon).rsqrt_()
        n = x * r
        ctx.save_for_backward(n, r, weight)
        return (n * weight).to(out)

    @staticmethod
    def backward(ctx, dy):
        n, r, weight = ctx.saved_tensors
        dy = dy.float()
        g = dy * n
        dw = g.flatten(0, -2).sum(0)
        mean = torch.mv(g.flatten(0, -2), weight).view(r.shape).div_(n.shape[-1])
        return (dy * weight).addcmul_(n, mean, value=-1).mul_(r), dw, None, None


class _Gate(torch.autograd.Function):
    """silu(a) * b of the two halves of x."""

    @staticmethod
    def forward(ctx, x):
        a, b = x.chunk(2, -1)
        s = torch.sigmoid(a)
        t = s * a
        ctx.save_for_backward(a, b, s, t)
        return t * b

    @staticmethod
    def backward(ctx, dy):
        a, b, s, t = ctx.saved_tensors
        dx = torch.empty((*dy.shape[:-1], 2 * dy.shape[-1]), dtype=dy.dtype, device=dy.device)
        da, db = dx.chunk(2, -1)
        torch.mul(dy, t, out=db)
        torch.mul(dy * b, s + t - t * s, out=da)
        return dx


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        half = torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled()
        return _Norm.apply(x, self.weight, self.epsilon, torch.bfloat16 if half else x.dtype)


def rotate(x, cos, sin):
    """Pairs (i, i + n/2), as qwen2 turns them; cos and sin are doubled, the first half of sin is negative."""
    return x * cos + x.roll(x.shape[-1] // 2, -1) * sin


class Layer(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        self.attn_norm = Norm(s.width, s.epsilon)
        self.attn_q = nn.Linear(s.width, s.heads * s.head)
        self.attn_k = nn.Linear(s.width, s.kv_heads * s.head)
        self.attn_v = nn.Linear(s.width, s.kv_heads * s.head)
        self.attn_output = nn.Linear(s.heads * s.head, s.width, bias=False)
        self.ffn_norm = Norm(s.width, s.epsilon)
        self.ffn_gate = nn.Linear(s.width, s.hidden, bias=False)
        self.ffn_up = nn.Linear(s.width, s.hidden, bias=False)
        self.ffn_down = nn.Linear(s.hidden, s.width, bias=False)

    def forward(self, x, cos, sin, mask, cache=None):
        s, (rows, length, _) = self.s, x.shape
        h = self.attn_norm(x)
        # One product for q, k and v, one turn for q and k.
        weight = torch.cat((self.attn_q.weight, self.attn_k.weight, self.attn_v.weight))
        bias = torch.cat((self.attn_q.bias, self.attn_k.bias, self.attn_v.bias))
        qkv = F.linear(h, weight, bias).view(rows, length, s.heads + 2 * s.kv_heads, s.head)
        qk = rotate(qkv[:, :, :s.heads + s.kv_heads], cos, sin).transpose(1, 2)
        q, k = qk[:, :s.heads], qk[:, s.heads:]
        v = qkv[:, :, s.heads + s.kv_heads:].transpose(1, 2)
        if cache is not None:
            if cache:
                k, v = torch.cat((cache[0], k), 2), torch.cat((cache[1], v), 2)
            cache[:] = [k, v]
        repeat = s.heads // s.kv_heads
        past = k.shape[2]
        # Query heads of one key head lie beside each other: fold them into the rows of one product.
        q = q.reshape(rows * s.kv_heads, repeat * length, s.head)
        k = k.reshape(rows * s.kv_heads, past, s.head)
        v = v.reshape(rows * s.kv_heads, past, s.head)
        scores = torch.bmm(q, k.transpose(1, 2)).view(rows, s.heads, length, past)
        weights = torch.softmax(torch.add(mask, scores, alpha=1 / math.sqrt(s.head)), -1).to(v.dtype)
        y = torch.bmm(weights.view(rows * s.kv_heads, repeat * length, past), v)
        y = y.view(rows, s.heads, length, s.head).transpose(1, 2).reshape(rows, length, s.heads * s.head)
        x = x + self.attn_output(y)
        h = F.linear(self.ffn_norm(x), torch.cat((self.ffn_gate.weight, self.ffn_up.weight)))
        return x + self.ffn_down(_Gate.apply(h))


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width, shape.epsilon)
        half = shape.head // 2
        frequency = shape.rope_base ** (-torch.arange(half, dtype=torch.float64) / half)
        angle = torch.arange(shape.context, dtype=torch.float64)[:, None] * frequency
        # (place, 1, head): doubled for the two halves, beside the heads of one place.
        self.register_buffer("cos", torch.cat((angle.cos(), angle.cos()), -1).float()[:, None], persistent=False)
        self.register_buffer("sin", torch.cat((-angle.sin(), angle.sin()), -1).float()[:, None], persistent=False)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                scale = 0.02 / math.sqrt(2 * shape.layers) if "attn_output" in name or "ffn_down" in name else 0.02
                nn.init.normal_(p, 0.0, scale)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def hidden(self, ids, cache=None, start=0, mask=None):
        length = ids.shape[1]
        cos, sin = self.cos[start:start + length], self.sin[start:start + length]
        if mask is None:
            mask = torch.full((length, start + length), float("-inf"), device=ids.device).triu(start + 1)
        x = self.token_embd(ids)
        if torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled():
            cos, sin = cos.bfloat16(), sin.bfloat16()
        for i, layer in enumerate(self.blk):
            x = layer(x, cos, sin, mask, None if cache is None else cache[i])
        return self.output_norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.token_embd.weight).float()
