#include "engine/backend/cpu/operation.h"

namespace deepwell::engine::cpu {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

Touched of_step(Action action) {
    const Step step{WeightClass::Attention, std::move(action)};
    return {buffers_read(step), buffers_written(step), {}};
}

Touched with_shadows(Touched touched, std::initializer_list<ShadowId> shadows) {
    for (ShadowId shadow : shadows) {
        if (shadow != kNone) touched.shadows.push_back(shadow);
    }
    return touched;
}

}  // namespace

Touched touched(const Operation& operation) {
    return std::visit(
        Overloaded{
            [](const NormRows& o) { return with_shadows(of_step(o.step), {o.shadow}); },
            [](const QuantizeRows& o) {
                return with_shadows(Touched{{o.in.buffer}, {}, {}}, {o.shadow});
            },
            [](const ProjectRows& o) {
                Touched result = with_shadows(of_step(o.step), {o.in_shadow});
                if (o.add) result.read.push_back(o.step.parts.front().out.buffer);
                return result;
            },
            [](const ProjectGated& o) {
                return with_shadows(Touched{{o.in.buffer}, {o.out.buffer, o.up.out.buffer}, {}},
                                    {o.in_shadow, o.shadow});
            },
            [](const AttendCache& o) {
                Touched result{{o.query.buffer}, {o.out.buffer}, {}};
                if (o.rope_query.buffer != kNone) result.read.push_back(o.rope_query.buffer);
                return result;
            },
            [](const GateRows& o) { return with_shadows(of_step(o.step), {o.shadow}); },
            [](const MixExperts& o) { return with_shadows(of_step(o.step), {o.in_shadow}); },
            [](const MakeLogits& o) { return with_shadows(of_step(o.step), {o.in_shadow}); },
            [](const auto& o) { return of_step(o.step); },
        },
        operation);
}

}  // namespace deepwell::engine::cpu
