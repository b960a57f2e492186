#include "engine/models/plan.h"

#include <algorithm>

#include "kernels/formats/table.h"

namespace deepwell::engine {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace

std::string_view weight_class_name(WeightClass weight_class) {
    switch (weight_class) {
        case WeightClass::Embedding:
            return "embedding";
        case WeightClass::Attention:
            return "attention";
        case WeightClass::DenseFfn:
            return "dense ffn";
        case WeightClass::Router:
            return "router";
        case WeightClass::SharedExpert:
            return "shared expert";
        case WeightClass::RoutedExpert:
            return "routed expert";
        case WeightClass::Norm:
            return "norm";
        case WeightClass::Output:
            return "output";
    }
    return "";
}

std::string_view cache_type_name(CacheType type) {
    switch (type) {
        case CacheType::F32:
            return "f32";
        case CacheType::F16:
            return "f16";
        case CacheType::Q8_0:
            return "q8_0";
    }
    return "";
}

std::string_view step_name(const Step& step) {
    static constexpr std::string_view names[] = {
        "Embed",        "Norm",      "Project", "HeadProject", "Rotate", "CacheWrite", "Attend",
        "LatentAttend", "GatedUnit", "Route",   "Experts",     "Add",    "Select",     "Logits"};
    static_assert(std::size(names) == std::variant_size_v<Action>);
    return names[step.action.index()];
}

std::vector<BufferId> buffers_read(const Step& step) {
    using List = std::vector<BufferId>;
    return std::visit(Overloaded{
                          [](const Embed&) { return List{}; },
                          [](const Norm& s) { return List{s.in.buffer}; },
                          [](const Project& s) { return List{s.in.buffer}; },
                          [](const HeadProject& s) { return List{s.in.buffer}; },
                          [](const Rotate& s) { return List{s.view.buffer}; },
                          [](const CacheWrite& s) {
                              return List{s.key.buffer, s.value.buffer};
                          },
                          [](const Attend& s) { return List{s.query.buffer}; },
                          [](const LatentAttend& s) {
                              return List{s.latent_query.buffer, s.rope_query.buffer};
                          },
                          [](const GatedUnit& s) {
                              return List{s.gate.buffer, s.up.buffer};
                          },
                          [](const Route& s) { return List{s.in.buffer}; },
                          [](const Experts& s) {
                              return List{s.in.buffer, s.ids.buffer, s.weights.buffer};
                          },
                          [](const Add& s) {
                              return List{s.target.buffer, s.source.buffer};
                          },
                          [](const Select& s) {
                              List list;
                              for (const auto& pair : s.pairs) list.push_back(pair.in.buffer);
                              return list;
                          },
                          [](const Logits& s) { return List{s.in.buffer}; },
                      },
                      step.action);
}

std::vector<BufferId> buffers_written(const Step& step) {
    using List = std::vector<BufferId>;
    return std::visit(Overloaded{
                          [](const Embed& s) { return List{s.out.buffer}; },
                          [](const Norm& s) { return List{s.out.buffer}; },
                          [](const Project& s) {
                              List list;
                              for (const auto& part : s.parts) list.push_back(part.out.buffer);
                              return list;
                          },
                          [](const HeadProject& s) { return List{s.out.buffer}; },
                          [](const Rotate& s) { return List{s.view.buffer}; },
                          [](const CacheWrite&) { return List{}; },
                          [](const Attend& s) { return List{s.out.buffer}; },
                          [](const LatentAttend& s) { return List{s.out.buffer}; },
                          [](const GatedUnit& s) { return List{s.out.buffer}; },
                          [](const Route& s) {
                              return List{s.ids.buffer, s.weights.buffer};
                          },
                          [](const Experts& s) { return List{s.out.buffer}; },
                          [](const Add& s) { return List{s.target.buffer}; },
                          [](const Select& s) {
                              List list;
                              for (const auto& pair : s.pairs) list.push_back(pair.out.buffer);
                              return list;
                          },
                          [](const Logits&) { return List{}; },
                      },
                      step.action);
}

std::vector<WeightId> weights_used(const Step& step) {
    using List = std::vector<WeightId>;
    List list = std::visit(Overloaded{
                               [](const Embed& s) { return List{s.weight}; },
                               [](const Norm& s) { return List{s.weight}; },
                               [](const Project& s) {
                                   List parts;
                                   for (const auto& part : s.parts) {
                                       parts.push_back(part.weight);
                                       parts.push_back(part.bias);
                                   }
                                   return parts;
                               },
                               [](const HeadProject& s) { return List{s.weight}; },
                               [](const Route& s) {
                                   return List{s.weight, s.bias};
                               },
                               [](const Experts& s) {
                                   return List{s.gate, s.up, s.down};
                               },
                               [](const Logits& s) { return List{s.weight}; },
                               [](const auto&) { return List{}; },
                           },
                           step.action);
    std::erase(list, kNone);
    return list;
}

CacheId cache_used(const Step& step) {
    return std::visit(Overloaded{
                          [](const CacheWrite& s) { return s.cache; },
                          [](const Attend& s) { return s.cache; },
                          [](const LatentAttend& s) { return s.cache; },
                          [](const auto&) { return kNone; },
                      },
                      step.action);
}

std::uint64_t weight_bytes(const Weight& weight) {
    return static_cast<std::uint64_t>(kernels::row_bytes(weight.format, weight.columns)) *
           static_cast<std::uint64_t>(weight.rows) * static_cast<std::uint64_t>(weight.slices);
}

std::uint64_t cache_row_bytes(CacheType type, int count) {
    switch (type) {
        case CacheType::F32:
            return 4ull * static_cast<std::uint64_t>(count);
        case CacheType::F16:
            return 2ull * static_cast<std::uint64_t>(count);
        case CacheType::Q8_0:
            return 34ull * static_cast<std::uint64_t>((count + 31) / 32);
    }
    return 0;
}

std::uint64_t bytes_per_token(const Plan& plan, CacheType cache, int cached) {
    std::uint64_t bytes = 0;
    for (const Layer& layer : plan.layers) {
        for (const Step& step : layer.steps) {
            if (std::holds_alternative<Embed>(step.action)) continue;
            std::uint64_t of_step = 0;
            for (WeightId id : weights_used(step)) of_step += weight_bytes(plan.weights[id]);
            if (const auto* experts = std::get_if<Experts>(&step.action)) {
                const auto used = static_cast<std::uint64_t>(experts->ids.columns());
                of_step = of_step / plan.weights[experts->gate].slices * used;
            }
            bytes += of_step;
        }
    }
    for (const CacheSpec& spec : plan.caches) {
        bytes +=
            cache_row_bytes(cache, spec.values_per_slot()) * static_cast<std::uint64_t>(cached);
    }
    return bytes;
}

}  // namespace deepwell::engine
