#include "ui/viewmodels/models/variant_list_model.h"

#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <algorithm>

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/models/variant_choice.h"
#include "ui/viewmodels/words.h"

namespace deepwell::ui {

VariantListModel::VariantListModel(const Services& services, const ConversationModel& conversation,
                                   VariantSwitch& switcher, QObject* parent)
    : QAbstractListModel(parent),
      services_(services),
      conversation_(conversation),
      switch_(switcher) {
    using app::LibraryService;
    connect(&services_.library, &LibraryService::changed, this, &VariantListModel::take);
    connect(&services_.library, &LibraryService::freeChanged, this, &VariantListModel::refresh);
    connect(&services_.library, &LibraryService::needFound, this, &VariantListModel::takeNeed);
    connect(&services_.generation, &app::GenerationService::modelChanged, this,
            &VariantListModel::refresh);
    connect(&conversation_, &ConversationModel::variantChanged, this, [this] {
        setPlans();
        refresh();
    });
    connect(&services_.settings, &app::SettingsFile::changed, this, &VariantListModel::setPlans);
    take();
}

void VariantListModel::take() {
    const std::filesystem::path chosen =
        chosenEntry() != nullptr ? chosenEntry()->model.path : std::filesystem::path();
    beginResetModel();
    std::vector<Row> rows;
    for (const app::ModelFile& model : services_.library.models()) {
        Row row;
        const auto old = std::find_if(rows_.begin(), rows_.end(), [&](const Row& each) {
            return each.model.path == model.path && each.model.modified == model.modified;
        });
        if (old != rows_.end()) row = std::move(*old);
        row.model = model;
        rows.push_back(std::move(row));
    }
    rows_ = std::move(rows);
    chosen_ = -1;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].model.path == chosen) chosen_ = static_cast<int>(i);
    }
    setPlans();
    endResetModel();
    if (asked_) askAll();
    emit chosenChanged();
}

// How each would be loaded: its own settings, and the context that this conversation has.
void VariantListModel::setPlans() {
    const auto& settings = services_.settings.values();
    const auto& own = conversation_.value().settings;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        Row& row = rows_[i];
        // What the reader just set in the chosen one stays.
        if (asked_ && static_cast<int>(i) == chosen_ && !row.plan.empty()) continue;
        app::ConversationSettings wanted;
        if (own) wanted.context = own->context;
        row.plan = app::resolve_settings(wanted, std::nullopt, settings, row.model).variant;
        row.plan.context = context_of(row.plan, row.model);
        if (row.model.context_trained > 0) {
            row.plan.context = std::min(row.plan.context, row.model.context_trained);
        }
    }
}

const app::MemoryNeed* VariantListModel::needOf(const Row& row, const app::VariantPlan& plan) {
    const auto found = std::find_if(row.needs.begin(), row.needs.end(),
                                    [&](const Need& each) { return each.plan == plan; });
    return found == row.needs.end() ? nullptr : &found->need;
}

void VariantListModel::ask(const Row& row, const app::VariantPlan& plan) const {
    if (row.model.usable() && needOf(row, plan) == nullptr) services_.library.ask_need(plan);
}

void VariantListModel::askAll() {
    for (const Row& row : rows_) ask(row, row.plan);
    if (const Row* row = chosenEntry()) askStops(*row);
}

void VariantListModel::askStops(const Row& row) const {
    app::VariantPlan plan = row.plan;
    for (const int stop : app::context_stops(row.model.context_trained)) {
        plan.context = stop;
        ask(row, plan);
    }
}

void VariantListModel::takeNeed(const app::VariantPlan& plan, const app::MemoryNeed& need,
                                const QString& error) {
    for (Row& row : rows_) {
        if (row.model.path != plan.file) continue;
        row.need_error = error;
        if (!error.isEmpty() || needOf(row, plan) != nullptr) continue;
        row.needs.push_back({plan, need});
        // It does not fit as wanted: what would fit is looked for below.
        const bool too_large = app::fit_of(need, freeWithoutModel()) == app::Fit::TooLarge;
        if (asked_ && too_large && plan == row.plan) askStops(row);
    }
    refresh();
}

bool VariantListModel::isLoaded(const app::ModelFile& model) const {
    const app::ModelState& state = services_.generation.model();
    return state.state == app::ModelState::State::Loaded && state.variant.file == model.path;
}

// What unloading the present model gives back counts as free.
app::FreeMemory VariantListModel::freeWithoutModel() const {
    app::FreeMemory free = services_.library.free();
    const app::ModelState& state = services_.generation.model();
    if (state.state == app::ModelState::State::Loaded) {
        free.main += state.main_bytes;
        free.card += state.card_bytes;
    }
    return free;
}

app::VariantPlan VariantListModel::shownPlan(const Row& row) const {
    if (&row == chosenEntry() || isLoaded(row.model)) return row.plan;
    const app::FreeMemory free = freeWithoutModel();
    const app::MemoryNeed* need = needOf(row, row.plan);
    if (need == nullptr || app::fit_of(*need, free) != app::Fit::TooLarge) return row.plan;
    app::VariantPlan plan = row.plan;
    const auto stops = app::context_stops(row.model.context_trained);
    for (auto stop = stops.rbegin(); stop != stops.rend(); ++stop) {
        if (*stop >= row.plan.context) continue;
        plan.context = *stop;
        need = needOf(row, plan);
        if (need != nullptr && app::fit_of(*need, free) != app::Fit::TooLarge) return plan;
    }
    return row.plan;
}

VariantFacts VariantListModel::factsOf(const Row& row) const {
    VariantFacts facts;
    facts.model = &row.model;
    facts.need_error = row.need_error;
    facts.free = freeWithoutModel();
    facts.loaded = isLoaded(row.model);
    facts.wanted_context = row.plan.context;
    const app::VariantPlan plan = shownPlan(row);
    facts.context = plan.context;
    if (const app::MemoryNeed* need = needOf(row, plan)) facts.need = *need;
    return facts;
}

const VariantListModel::Row* VariantListModel::chosenEntry() const {
    return chosen_ < 0 || chosen_ >= static_cast<int>(rows_.size())
               ? nullptr
               : &rows_[static_cast<std::size_t>(chosen_)];
}

void VariantListModel::refresh() {
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
    emit chosenChanged();
}

QString VariantListModel::freeText() const {
    const app::FreeMemory free = freeWithoutModel();
    return free.card_total > 0 ? tr("Free on the card: %1 of %2 GiB")
                                     .arg(gib_number(free.card, 1), gib_number(free.card_total, 1))
                               : tr("Free main memory: %1 of %2 GiB")
                                     .arg(gib_number(free.main, 1), gib_number(free.main_total, 1));
}

bool VariantListModel::onCard() const {
    return services_.library.free().card_total > 0;
}

void VariantListModel::begin() {
    const app::ModelFile* model =
        model_of(conversation_.value(), services_.library, services_.settings.values());
    asked_ = false;
    setPlans();
    asked_ = true;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (model != nullptr && rows_[i].model.path == model->path) chosen_ = static_cast<int>(i);
    }
    askAll();
    refresh();
}

void VariantListModel::choose(int row) {
    if (row < 0 || row >= rowCount() || row == chosen_) return;
    // What was seen of it is what is chosen.
    Row& entry = rows_[static_cast<std::size_t>(row)];
    const app::VariantPlan shown = shownPlan(entry);
    chosen_ = row;
    entry.plan = shown;
    if (asked_ && entry.model.usable()) askStops(entry);
    refresh();
}

void VariantListModel::change(const std::function<void(app::VariantPlan&)>& change) {
    if (chosenEntry() == nullptr) return;
    Row& row = rows_[static_cast<std::size_t>(chosen_)];
    change(row.plan);
    ask(row, row.plan);
    askStops(row);
    refresh();
}

void VariantListModel::setStop(int index) {
    const Row* row = chosenEntry();
    if (row == nullptr) return;
    const auto stops = app::context_stops(row->model.context_trained);
    if (index < 0 || index >= static_cast<int>(stops.size())) return;
    change([&](app::VariantPlan& plan) { plan.context = stops[static_cast<std::size_t>(index)]; });
}

void VariantListModel::setCache(int cache) {
    change([&](app::VariantPlan& plan) {
        plan.cache = cache == 1 ? app::CacheType::Q8_0 : app::CacheType::F16;
    });
}

void VariantListModel::setCardLayers(int layers) {
    const int all = this->layers();
    change([&](app::VariantPlan& plan) { plan.card_layers = layers >= all ? -1 : layers; });
}

QVariantList VariantListModel::stops() const {
    const Row* row = chosenEntry();
    if (row == nullptr || !row->model.usable()) return {};
    const app::FreeMemory free = freeWithoutModel();
    app::VariantPlan plan = row->plan;
    QVariantList stops;
    for (const int tokens : app::context_stops(row->model.context_trained)) {
        plan.context = tokens;
        const app::MemoryNeed* need = needOf(*row, plan);
        const bool fits = need == nullptr || app::fit_of(*need, free) != app::Fit::TooLarge;
        stops << QVariantMap{{"text", stop_text(tokens)}, {"tokens", tokens}, {"fits", fits}};
    }
    return stops;
}

int VariantListModel::stopIndex() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return 0;
    const auto stops = app::context_stops(row->model.context_trained);
    int best = 0;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (stops[i] <= row->plan.context) best = static_cast<int>(i);
    }
    return best;
}

QString VariantListModel::contextText() const {
    const Row* row = chosenEntry();
    return row == nullptr ? QString() : tr("%1 tokens").arg(thousands_text(row->plan.context));
}

int VariantListModel::cache() const {
    const Row* row = chosenEntry();
    return row != nullptr && row->plan.cache == app::CacheType::Q8_0 ? 1 : 0;
}

int VariantListModel::layers() const {
    const Row* row = chosenEntry();
    return row != nullptr && services_.library.free().card_total > 0 ? row->model.layers : 0;
}

int VariantListModel::cardLayers() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return 0;
    return row->plan.card_layers < 0 ? layers() : std::min(row->plan.card_layers, layers());
}

QVariantList VariantListModel::chosenParts() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return {};
    // The tall bar stands for what is free, not for all there is.
    VariantFacts facts = factsOf(*row);
    facts.free.main_total = facts.free.main;
    if (facts.free.card_total > 0) {
        facts.free.card_total = std::max<std::uint64_t>(1, facts.free.card);
    }
    return bar_parts(facts);
}

QVariantList VariantListModel::chosenFigures() const {
    const Row* row = chosenEntry();
    return row == nullptr ? QVariantList{} : figure_rows(factsOf(*row));
}

QVariantMap VariantListModel::chosen() const {
    const Row* row = chosenEntry();
    return row == nullptr ? QVariantMap{} : detail_map(factsOf(*row));
}

QString VariantListModel::primaryText() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return tr("Switch");
    const VariantFacts facts = factsOf(*row);
    const bool beyond_card =
        facts.need && facts.free.card_total > 0 && facts.need->card() > facts.free.card;
    return beyond_card ? tr("Load partly on CPU") : tr("Switch to %1").arg(size_label(row->model));
}

bool VariantListModel::canSwitch() const {
    const Row* row = chosenEntry();
    return row != nullptr && row->model.usable() && row->need_error.isEmpty();
}

void VariantListModel::switchTo() {
    if (canSwitch()) switch_.request({chosenEntry()->plan, false});
}

void VariantListModel::load() {
    if (canSwitch()) switch_.request({chosenEntry()->plan, true});
}

void VariantListModel::takeOut() {
    if (const Row* row = chosenEntry()) services_.library.take_out(row->model.path);
}

void VariantListModel::showFile() {
    if (const Row* row = chosenEntry()) {
        QDesktopServices::openUrl(
            QUrl::fromLocalFile(QString::fromStdString(row->model.path.parent_path().string())));
    }
}

int VariantListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant VariantListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const VariantFacts facts = factsOf(row);
    switch (role) {
        case Name:
            return shown_name(row.model);
        case Quantization:
            return QString::fromStdString(row.model.quantization);
        case SizeText:
            return gib_text(row.model.size, 2);
        case NeedText:
            return facts.need ? gib_text(need_of(facts)) : QString();
        case Parts:
            return bar_parts(facts);
        case FreeMark: {
            const auto total = static_cast<double>(total_of(facts));
            return total > 0 && facts.need ? static_cast<double>(free_of(facts)) / total : -1.0;
        }
        case StateWord:
            return fit_words(facts).word;
        case StateTone:
            return fit_words(facts).tone;
        case StateIcon:
            return fit_words(facts).icon;
        case Reason:
            return reason_text(facts);
        case Chosen:
            return index.row() == chosen_;
        case AccessibleName:
            return accessible_text(facts);
        default:
            return {};
    }
}

QHash<int, QByteArray> VariantListModel::roleNames() const {
    return {{Name, "name"},           {Quantization, "quantization"},
            {SizeText, "sizeText"},   {NeedText, "needText"},
            {Parts, "parts"},         {FreeMark, "freeMark"},
            {StateWord, "stateWord"}, {StateTone, "stateTone"},
            {StateIcon, "stateIcon"}, {Reason, "reason"},
            {Chosen, "chosen"},       {AccessibleName, "accessibleName"}};
}

}  // namespace deepwell::ui
