#include "app/models/library_rows.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "app/base/ids.h"

namespace deepwell::app {
namespace {

// What a variant's row has no column for stands in its local `plan`, under "file".
Json file_facts(const ModelFile& model) {
    Json facts = Json::object();
    facts["layers"] = model.layers;
    facts["mixture"] = model.mixture;
    if (model.only_vocabulary) facts["only_vocabulary"] = true;
    if (!model.description.empty()) facts["description"] = model.description;
    if (!model.author.empty()) facts["author"] = model.author;
    if (!model.licence.empty()) facts["licence"] = model.licence;
    const engine::FileSampling& sampling = model.sampling;
    if (sampling.temperature) facts["temperature"] = *sampling.temperature;
    if (sampling.top_p) facts["top_p"] = *sampling.top_p;
    if (sampling.min_p) facts["min_p"] = *sampling.min_p;
    if (sampling.top_k) facts["top_k"] = *sampling.top_k;
    return facts;
}

std::string text_in(const Json& facts, const char* key) {
    const auto found = facts.find(key);
    return found != facts.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_in(const Json& facts, const char* key) {
    const auto found = facts.find(key);
    if (found == facts.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

void read_facts(const Json& facts, ModelFile& model) {
    model.layers = static_cast<int>(number_in(facts, "layers").value_or(0));
    const auto flag = [&](const char* key) {
        const auto found = facts.find(key);
        return found != facts.end() && found->is_boolean() && found->get<bool>();
    };
    model.mixture = flag("mixture");
    model.only_vocabulary = flag("only_vocabulary");
    model.description = text_in(facts, "description");
    model.author = text_in(facts, "author");
    model.licence = text_in(facts, "licence");
    model.sampling.temperature = number_in(facts, "temperature");
    model.sampling.top_p = number_in(facts, "top_p");
    model.sampling.min_p = number_in(facts, "min_p");
    if (const auto top_k = number_in(facts, "top_k")) {
        model.sampling.top_k = static_cast<int>(*top_k);
    }
}

bool same_file(const ModelFile& model, const Variant& variant) {
    if (variant.file_name != model.path.filename().string()) return false;
    if (model.sha256 && variant.sha256) return *model.sha256 == *variant.sha256;
    const std::uint64_t size = model.parts.empty() ? model.size : model.parts.front().size;
    return variant.file_size == static_cast<std::int64_t>(size);
}

}  // namespace

Variant variant_of(const ModelFile& model) {
    Variant variant;
    variant.id = model.variant_id.empty() ? new_id() : model.variant_id;
    variant.name = model.name;
    variant.file_name = model.path.filename().string();
    variant.file_size =
        static_cast<std::int64_t>(model.parts.empty() ? model.size : model.parts.front().size);
    variant.sha256 = model.sha256;
    for (const ModelPart& part : model.parts) {
        variant.parts.push_back({part.name, static_cast<std::int64_t>(part.size), {}});
    }
    if (!variant.parts.empty()) variant.parts.front().sha256 = model.sha256;
    if (!model.architecture.empty()) variant.architecture = model.architecture;
    if (!model.quantization.empty()) variant.quantization = model.quantization;
    variant.parameters = static_cast<std::int64_t>(model.parameters);
    if (model.context_trained > 0) variant.context_trained = model.context_trained;
    variant.plan = Json::object();
    variant.plan["file"] = file_facts(model);
    return variant;
}

std::vector<ModelFile> models_from_rows(const std::vector<ModelFileRow>& rows,
                                        const std::vector<Variant>& variants) {
    std::unordered_map<std::string, const Variant*> by_id;
    for (const Variant& variant : variants) by_id[variant.id] = &variant;
    std::vector<ModelFile> models;
    for (const ModelFileRow& row : rows) {
        if (!row.variant || row.problem) continue;
        const auto found = by_id.find(*row.variant);
        if (found == by_id.end()) continue;
        const Variant& variant = *found->second;
        const auto facts =
            variant.plan.is_object() ? variant.plan.find("file") : Json::const_iterator();
        if (!variant.plan.is_object() || facts == variant.plan.end() || !facts->is_object())
            continue;
        ModelFile model;
        model.path = row.path;
        model.size = static_cast<std::uint64_t>(row.size);
        model.modified = row.modified;
        for (const VariantPart& part : variant.parts) {
            model.parts.push_back({part.name, static_cast<std::uint64_t>(part.size)});
        }
        model.name = variant.name;
        model.architecture = variant.architecture.value_or("");
        model.quantization = variant.quantization.value_or("");
        model.parameters = static_cast<std::uint64_t>(variant.parameters.value_or(0));
        model.context_trained = static_cast<int>(variant.context_trained.value_or(0));
        model.sha256 = variant.sha256;
        model.variant_id = variant.id;
        read_facts(*facts, model);
        models.push_back(std::move(model));
    }
    return models;
}

std::vector<ModelFileRow> rows_of(const std::vector<ModelFile>& models) {
    std::vector<ModelFileRow> rows;
    for (const ModelFile& model : models) {
        ModelFileRow row;
        row.path = model.path.string();
        row.size = static_cast<std::int64_t>(model.size);
        row.modified = model.modified;
        if (!model.variant_id.empty()) row.variant = model.variant_id;
        if (model.problem) row.problem = engine::describe(*model.problem);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::string> gone_of(const std::vector<ModelFileRow>& before,
                                 const std::vector<ModelFileRow>& now) {
    std::unordered_set<std::string> there;
    for (const ModelFileRow& row : now) there.insert(row.path);
    std::vector<std::string> gone;
    for (const ModelFileRow& row : before) {
        if (there.count(row.path) == 0) gone.push_back(row.path);
    }
    return gone;
}

void link_variants(std::vector<ModelFile>& models, std::vector<Variant>& variants,
                   const std::function<void(const Variant&)>& save) {
    for (ModelFile& model : models) {
        if (model.problem) continue;
        const auto found =
            std::find_if(variants.begin(), variants.end(),
                         [&](const Variant& variant) { return same_file(model, variant); });
        if (found == variants.end()) {
            Variant fresh = variant_of(model);
            model.variant_id = fresh.id;
            variants.push_back(fresh);
            save(fresh);
            continue;
        }
        model.variant_id = found->id;
        if (!model.sha256) model.sha256 = found->sha256;
        // A variant that an import brought, or an older version wrote, learns what the file says.
        if (!found->plan.is_object() || !found->plan.contains("file")) {
            Json plan = found->plan.is_object() ? found->plan : Json::object();
            plan["file"] = file_facts(model);
            found->plan = std::move(plan);
            save(*found);
        }
    }
}

}  // namespace deepwell::app
