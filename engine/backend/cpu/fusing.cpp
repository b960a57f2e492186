#include "engine/backend/cpu/fusing.h"

#include <algorithm>

#include "engine/backend/activation_choice.h"

namespace deepwell::engine::cpu {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

// The steps of a segment from one place on, as patterns see them.
struct Rest {
    const Plan& plan;
    std::span<const StepPlace> steps;

    const Step& step(std::size_t i) const {
        return plan.layers[steps[i].layer].steps[steps[i].step];
    }
    template <class Kind>
    const Kind* as(std::size_t i) const {
        if (i >= steps.size() || steps[i].layer != steps[0].layer) return nullptr;
        return std::get_if<Kind>(&step(i).action);
    }
    // Whether a step of the layer behind the first `taken` ones reads the buffer. (It may be of
    // another segment: then it crosses and must be there as well.)
    bool read_behind(std::size_t taken, BufferId buffer) const {
        const StepPlace& last = steps[taken - 1];
        const auto& all = plan.layers[last.layer].steps;
        for (std::size_t i = static_cast<std::size_t>(last.step) + 1; i < all.size(); ++i) {
            const auto reads = buffers_read(all[i]);
            if (std::find(reads.begin(), reads.end(), buffer) != reads.end()) return true;
        }
        return false;
    }
};

// A pattern: how many steps it takes (0: it does not fit) and the operation that does them.
struct Pattern {
    std::size_t (*match)(const Rest& rest, Operation& operation);
};

// {Project gate and up, GatedUnit}
std::size_t match_gated(const Rest& rest, Operation& operation) {
    const auto* project = rest.as<Project>(0);
    const auto* unit = rest.as<GatedUnit>(1);
    if (project == nullptr || unit == nullptr || project->parts.size() != 2) return 0;
    if (!(project->parts[0].out == unit->gate) || !(project->parts[1].out == unit->up)) return 0;
    if (rest.read_behind(2, unit->gate.buffer) || rest.read_behind(2, unit->up.buffer)) return 0;
    ProjectGated gated;
    gated.in = project->in;
    gated.gate = project->parts[0];
    gated.up = project->parts[1];
    gated.out = unit->out;
    operation = gated;
    return 2;
}

// {Project, Add}
std::size_t match_project_add(const Rest& rest, Operation& operation) {
    const auto* project = rest.as<Project>(0);
    const auto* add = rest.as<Add>(1);
    if (project == nullptr || add == nullptr || project->parts.size() != 1) return 0;
    if (!(project->parts[0].out == add->source)) return 0;
    if (rest.read_behind(2, add->source.buffer)) return 0;
    ProjectRows rows{*project, kNone, true};
    rows.step.parts[0].out = add->target;
    operation = std::move(rows);
    return 2;
}

constexpr Pattern kPatterns[] = {{match_gated}, {match_project_add}};

Operation single(const Step& step) {
    return std::visit(
        Overloaded{
            [](const Embed& s) -> Operation { return EmbedRows{s}; },
            [](const Norm& s) -> Operation {
                return NormRows{s, kNone};
            },
            [](const Project& s) -> Operation {
                return ProjectRows{s, kNone, false};
            },
            [](const HeadProject& s) -> Operation { return ProjectHeads{s}; },
            [](const Rotate& s) -> Operation { return RotateHeads{s}; },
            [](const CacheWrite& s) -> Operation { return WriteCache{s}; },
            [](const Attend& s) -> Operation {
                return AttendCache{s.cache, s.scale, s.query, View{}, s.out};
            },
            [](const LatentAttend& s) -> Operation {
                return AttendCache{s.cache, s.scale, s.latent_query, s.rope_query, s.out};
            },
            [](const GatedUnit& s) -> Operation {
                return GateRows{s, kNone};
            },
            [](const Route& s) -> Operation { return RouteRows{s}; },
            [](const Experts& s) -> Operation {
                return MixExperts{s, kNone};
            },
            [](const Add& s) -> Operation { return AddRows{s}; },
            [](const Select& s) -> Operation { return SelectRows{s}; },
            [](const Logits& s) -> Operation {
                return MakeLogits{s, kNone};
            },
        },
        step.action);
}

bool weight_takes_int8(const Plan& plan, WeightId weight) {
    return takes_int8(plan.weights[weight].format);
}

// The view whose rows an operation needs as int8 blocks, and where to note the shadow.
struct Need {
    View view;
    ShadowId* place = nullptr;
};

Need needed(const Plan& plan, Operation& operation) {
    Need need;
    if (auto* project = std::get_if<ProjectRows>(&operation)) {
        for (const ProjectPart& part : project->step.parts) {
            if (weight_takes_int8(plan, part.weight))
                need = {project->step.in, &project->in_shadow};
        }
    } else if (auto* gated = std::get_if<ProjectGated>(&operation)) {
        if (weight_takes_int8(plan, gated->gate.weight) ||
            weight_takes_int8(plan, gated->up.weight)) {
            need = {gated->in, &gated->in_shadow};
        }
    } else if (auto* experts = std::get_if<MixExperts>(&operation)) {
        if (weight_takes_int8(plan, experts->step.gate) ||
            weight_takes_int8(plan, experts->step.up)) {
            need = {experts->step.in, &experts->in_shadow};
        }
    } else if (auto* logits = std::get_if<MakeLogits>(&operation)) {
        if (weight_takes_int8(plan, logits->step.weight))
            need = {logits->step.in, &logits->in_shadow};
    }
    return need;
}

// The place where the operation can note a shadow of `view` to make itself; null if it cannot.
ShadowId* maker(Operation& operation, const View& view) {
    if (auto* norm = std::get_if<NormRows>(&operation)) {
        return norm->step.out == view ? &norm->shadow : nullptr;
    }
    if (auto* gated = std::get_if<ProjectGated>(&operation)) {
        return gated->out == view ? &gated->shadow : nullptr;
    }
    if (auto* gate = std::get_if<GateRows>(&operation)) {
        return gate->step.out == view ? &gate->shadow : nullptr;
    }
    return nullptr;
}

class Fuser {
public:
    Fuser(const Plan& plan, bool fuse, OperationList& list)
        : plan_(plan), fuse_(fuse), list_(list) {}

    void run(const Segment& segment) {
        list_.segments.emplace_back();
        valid_.clear();
        for (std::size_t at = 0; at < segment.steps.size();) {
            const Rest rest{plan_, std::span(segment.steps).subspan(at)};
            Operation operation = single(rest.step(0));
            std::size_t taken = 1;
            for (const Pattern& pattern : kPatterns) {
                if (!fuse_) break;
                const std::size_t length = pattern.match(rest, operation);
                if (length == 0) continue;
                taken = length;
                break;
            }
            push(segment.steps[at].layer, std::move(operation));
            at += taken;
        }
    }

private:
    struct Valid {
        View view;
        ShadowId shadow;
    };

    void push(int layer, Operation operation) {
        if (const Need need = needed(plan_, operation); need.place != nullptr) {
            *need.place = shadow_of(layer, need.view);
        }
        for (BufferId buffer : touched(operation).written) {
            std::erase_if(valid_, [&](const Valid& v) { return v.view.buffer == buffer; });
        }
        list_.segments.back().push_back({layer, std::move(operation)});
    }

    ShadowId shadow_of(int layer, const View& view) {
        for (const Valid& valid : valid_) {
            if (valid.view == view) return valid.shadow;
        }
        const ShadowId shadow = new_shadow(view);
        valid_.push_back({view, shadow});
        auto& operations = list_.segments.back();
        // The operation that wrote the view last, if it can make the shadow as it goes.
        for (auto it = operations.rbegin(); fuse_ && it != operations.rend(); ++it) {
            const auto written = touched(it->action).written;
            if (std::find(written.begin(), written.end(), view.buffer) == written.end()) continue;
            if (ShadowId* place = maker(it->action, view); place != nullptr && *place == kNone) {
                *place = shadow;
                return shadow;
            }
            break;
        }
        operations.push_back({layer, QuantizeRows{view, shadow}});
        return shadow;
    }

    // One shadow a view: the same in every layer, like the buffer that it belongs to.
    ShadowId new_shadow(const View& view) {
        for (std::size_t i = 0; i < list_.shadows.size(); ++i) {
            if (list_.shadows[i].view == view) return static_cast<ShadowId>(i);
        }
        list_.shadows.push_back({view, plan_.buffers[view.buffer].rows});
        return static_cast<ShadowId>(list_.shadows.size()) - 1;
    }

    const Plan& plan_;
    bool fuse_;
    OperationList& list_;
    std::vector<Valid> valid_;
};

}  // namespace

OperationList make_operations(const Plan& plan, std::span<const Segment> segments, bool fuse) {
    OperationList list;
    Fuser fuser(plan, fuse, list);
    for (const Segment& segment : segments) fuser.run(segment);
    return list;
}

}  // namespace deepwell::engine::cpu
