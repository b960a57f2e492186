// What the list of models says about one of them: its state, the reason, the bar.
#pragma once

#include <QtCore/QString>
#include <QtCore/QVariant>
#include <optional>

#include "app/models/memory.h"
#include "app/models/model_file.h"

namespace deepwell::ui {

struct FitWords {
    QString word;  // "Fits", "Tight", "Too large", "Loaded", "Damaged"
    QString tone;  // ok, warn, bad, quiet
    QString icon;
};

struct VariantFacts {
    const app::ModelFile* model = nullptr;
    std::optional<app::MemoryNeed> need;  // none: not known yet
    QString need_error;
    app::FreeMemory free;  // with what unloading the present model gives back
    int context = 0;       // that it is counted with
    int wanted_context = 0;
    bool loaded = false;
};

// Where the plan lives: the card where there is one, else main memory.
std::uint64_t need_of(const VariantFacts& facts);
std::uint64_t free_of(const VariantFacts& facts);
std::uint64_t total_of(const VariantFacts& facts);

FitWords fit_words(const VariantFacts& facts);
QString reason_text(const VariantFacts& facts);  // "16,384 context does not fit; 8,192 does"
// Parts of a bar that stands for `total` bytes: weights, cache, work, and what lies beyond `free`.
QVariantList bar_parts(const VariantFacts& facts);
QVariantList figure_rows(const VariantFacts& facts);  // [{kind, name, value}]
// "R1-0528 Qwen3 8B": without maker, quantization and ending, hyphens as blanks but in R1-0528.
QString shown_name(const app::ModelFile& model);
// What the details page says: name, state, memory, architecture and the rest of the facts.
QVariantMap detail_map(const VariantFacts& facts);
QString accessible_text(const VariantFacts& facts);  // "Starter, needs 0.2 GiB, Fits"
// "14B", as it stands on the button.
QString size_label(const app::ModelFile& model);
QString problem_word(const app::ModelFile& model);

}  // namespace deepwell::ui
