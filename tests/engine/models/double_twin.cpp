#include "tests/engine/models/double_twin.h"

#include <cmath>

namespace deepwell::tests {
namespace {

using Row = std::vector<double>;

Row product(const std::vector<float>& w, const Row& x, int rows) {
    Row y(static_cast<std::size_t>(rows));
    for (std::size_t r = 0; r < y.size(); ++r) {
        for (std::size_t c = 0; c < x.size(); ++c) y[r] += w[r * x.size() + c] * x[c];
    }
    return y;
}

Row rms(const Row& x, const std::vector<float>& w, double epsilon) {
    double sum = 0;
    for (double v : x) sum += v * v;
    const double scale = 1 / std::sqrt(sum / static_cast<double>(x.size()) + epsilon);
    Row y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * scale * w[i];
    return y;
}

void rope(Row& x, int head_width, int position, double base, bool halves) {
    const auto d = static_cast<std::size_t>(head_width);
    for (std::size_t h = 0; h < x.size(); h += d) {
        for (std::size_t j = 0; j < d / 2; ++j) {
            const double angle =
                position * std::pow(base, -2.0 * static_cast<double>(j) / head_width);
            double& a = x[h + (halves ? j : 2 * j)];
            double& b = x[h + (halves ? j + d / 2 : 2 * j + 1)];
            const double c = std::cos(angle), s = std::sin(angle), a0 = a;
            a = a0 * c - b * s;
            b = a0 * s + b * c;
        }
    }
}

void add_bias(Row& x, const TensorMap& tensors, const std::string& name) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) return;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += found->second[i];
}

}  // namespace

std::vector<float> twin_logits(const engine::ModelDescription& m, const TensorMap& tensors,
                               const std::vector<int>& tokens) {
    const bool halves = m.architecture != "llama";
    std::vector<std::vector<Row>> keys(static_cast<std::size_t>(m.block_count)), values = keys;
    std::vector<float> logits;
    const auto D = static_cast<std::size_t>(m.key_width);
    for (std::size_t p = 0; p < tokens.size(); ++p) {
        const auto& table = tensors.at("token_embd.weight");
        const auto E = static_cast<std::size_t>(m.width);
        Row x(E);
        for (std::size_t i = 0; i < E; ++i)
            x[i] = table[static_cast<std::size_t>(tokens[p]) * E + i];
        for (int l = 0; l < m.block_count; ++l) {
            const std::string b = "blk." + std::to_string(l) + ".";
            const auto w = [&](const char* name) -> const std::vector<float>& {
                return tensors.at(b + name);
            };
            const Row y = rms(x, w("attn_norm.weight"), m.epsilon);
            Row q = product(w("attn_q.weight"), y, m.heads * m.key_width);
            Row k = product(w("attn_k.weight"), y, m.kv_heads * m.key_width);
            Row v = product(w("attn_v.weight"), y, m.kv_heads * m.key_width);
            add_bias(q, tensors, b + "attn_q.bias");
            add_bias(k, tensors, b + "attn_k.bias");
            add_bias(v, tensors, b + "attn_v.bias");
            rope(q, m.key_width, static_cast<int>(p), m.rope_base, halves);
            rope(k, m.key_width, static_cast<int>(p), m.rope_base, halves);
            auto& all_k = keys[static_cast<std::size_t>(l)];
            auto& all_v = values[static_cast<std::size_t>(l)];
            all_k.push_back(k);
            all_v.push_back(v);
            Row o(q.size());
            for (int h = 0; h < m.heads; ++h) {
                const std::size_t at = static_cast<std::size_t>(h) * D;
                const std::size_t group = static_cast<std::size_t>(h / (m.heads / m.kv_heads)) * D;
                Row score(p + 1);
                double sum = 0;
                for (std::size_t t = 0; t <= p; ++t) {
                    for (std::size_t i = 0; i < D; ++i) score[t] += q[at + i] * all_k[t][group + i];
                    score[t] = std::exp(score[t] / std::sqrt(m.key_width));
                    sum += score[t];
                }
                for (std::size_t t = 0; t <= p; ++t) {
                    for (std::size_t i = 0; i < D; ++i) {
                        o[at + i] += score[t] / sum * all_v[t][group + i];
                    }
                }
            }
            const Row a = product(w("attn_output.weight"), o, m.width);
            for (std::size_t i = 0; i < E; ++i) x[i] += a[i];
            const Row z = rms(x, w("ffn_norm.weight"), m.epsilon);
            Row gate = product(w("ffn_gate.weight"), z, m.feed_forward);
            const Row up = product(w("ffn_up.weight"), z, m.feed_forward);
            for (std::size_t i = 0; i < gate.size(); ++i) {
                gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
            }
            const Row f = product(w("ffn_down.weight"), gate, m.width);
            for (std::size_t i = 0; i < E; ++i) x[i] += f[i];
        }
        const auto& matrix =
            tensors.contains("output.weight") ? tensors.at("output.weight") : table;
        for (double logit :
             product(matrix, rms(x, tensors.at("output_norm.weight"), m.epsilon), m.vocabulary)) {
            logits.push_back(static_cast<float>(logit));
        }
    }
    return logits;
}

}  // namespace deepwell::tests
