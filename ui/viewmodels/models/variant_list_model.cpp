#include "ui/viewmodels/models/variant_list_model.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QDesktopServices>
#include <algorithm>

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/models/variant_choice.h"
#include "ui/viewmodels/words.h"

namespace deepwell::ui {

VariantListModel::VariantListModel(const Services& services, ConversationModel& conversation,
                                   QObject* parent)
    : QAbstractListModel(parent), services_(services), conversation_(conversation) {
    connect(&services_.library, &app::LibraryService::changed, this, &VariantListModel::take);
    connect(&services_.library, &app::LibraryService::scanningChanged, this,
            &VariantListModel::foldersChanged);
    connect(&services_.library, &app::LibraryService::freeChanged, this,
            &VariantListModel::refresh);
    connect(
        &services_.library, &app::LibraryService::needFound, this,
        [this](const app::VariantPlan& plan, const app::MemoryNeed& need, const QString& error) {
            for (Row& row : rows_) {
                if (row.model.path != plan.file) continue;
                if (error.isEmpty()) {
                    row.needs[plan.context] = need;
                } else {
                    row.need_error = error;
                }
            }
            refresh();
        });
    connect(&services_.generation, &app::GenerationService::modelChanged, this, [this] {
        const app::ModelState& model = services_.generation.model();
        if (model.state == app::ModelState::State::Loading) {
            if (!loading_since_.isValid()) loading_since_.start();
            failed_ = false;
        } else if (model.state == app::ModelState::State::Loaded) {
            if (loading_since_.isValid()) {
                load_seconds_ = static_cast<double>(loading_since_.elapsed()) / 1000;
            }
            loading_since_.invalidate();
            failed_ = false;
        } else {
            loading_since_.invalidate();
        }
        emit currentChanged();
        refresh();
    });
    connect(&services_.generation, &app::GenerationService::loadFailed, this,
            [this](const app::LoadFailed& failure) {
                failed_ = failure.error.code != engine::ErrorCode::Cancelled &&
                          services_.generation.model().state != app::ModelState::State::Loaded;
                emit currentChanged();
            });
    connect(&services_.generation, &app::GenerationService::replyChanged, this,
            &VariantListModel::currentChanged);
    connect(&conversation_, &ConversationModel::variantChanged, this, [this] {
        emit currentChanged();
        refresh();
    });
    connect(&services_.settings, &app::SettingsFile::changed, this, [this] {
        emit currentChanged();
        emit foldersChanged();
    });
    applyFolders();
    take();
}

VariantListModel::~VariantListModel() = default;

void VariantListModel::applyFolders() {
    std::vector<std::filesystem::path> folders{services_.store.profile().models()};
    for (const auto& folder : services_.settings.values().models.folders) folders.push_back(folder);
    services_.library.set_folders(std::move(folders));
}

void VariantListModel::take() {
    const QString chosen_path = chosenEntry() != nullptr
                                    ? QString::fromStdString(chosenEntry()->model.path.string())
                                    : QString();
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
        if (QString::fromStdString(rows_[i].model.path.string()) == chosen_path) {
            chosen_ = static_cast<int>(i);
        }
    }
    endResetModel();
    if (asked_) askNeeds();
    emit chosenChanged();
    emit currentChanged();
    emit foldersChanged();
}

void VariantListModel::askNeeds() {
    for (const Row& row : rows_) {
        if (!row.model.usable()) continue;
        // The smallest stop last, so that the row's own is known first.
        const int own = row.context > 0 ? row.context : conversationContext();
        services_.library.ask_need(planOf(row, own));
    }
}

int VariantListModel::conversationContext() const {
    const auto& settings = conversation_.value().settings;
    if (settings && settings->context) return static_cast<int>(*settings->context);
    const app::ModelFile* model = current();
    if (model == nullptr) return 8192;
    return context_of({}, *model);
}

app::VariantPlan VariantListModel::planOf(const Row& row, int context) const {
    app::VariantPlan plan;
    plan.file = row.model.path;
    plan.context =
        row.model.context_trained > 0 ? std::min(context, row.model.context_trained) : context;
    plan.device = services_.settings.values().hardware.device;
    plan.threads = services_.settings.values().hardware.threads;
    return plan;
}

bool VariantListModel::isLoaded(const app::ModelFile& model) const {
    const app::ModelState& state = services_.generation.model();
    return state.state == app::ModelState::State::Loaded && state.variant.file == model.path;
}

VariantFacts VariantListModel::factsOf(const Row& row) const {
    VariantFacts facts;
    facts.model = &row.model;
    facts.need_error = row.need_error;
    facts.free = services_.library.free();
    // What unloading gives back counts as free.
    const app::ModelState& state = services_.generation.model();
    if (state.state == app::ModelState::State::Loaded) {
        facts.free.main += state.main_bytes;
        facts.free.card += state.card_bytes;
    }
    facts.loaded = isLoaded(row.model);
    facts.wanted_context = row.context > 0 ? row.context : conversationContext();
    facts.context = planOf(row, facts.wanted_context).context;
    const auto need = row.needs.find(facts.context);
    if (need != row.needs.end()) facts.need = need->second;
    facts.wanted_context = facts.context;
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

const app::ModelFile* VariantListModel::current() const {
    return model_of(conversation_.value(), services_.library, services_.settings.values());
}

void VariantListModel::loadIfNeeded() {
    if (services_.generation.model().state != app::ModelState::State::None || failed_) return;
    if (services_.generation.any_running()) return;
    const auto settings =
        settings_of(conversation_.value(), services_.library, services_.settings.values());
    if (settings) services_.generation.load(settings->variant);
}

QString VariantListModel::currentName() const {
    const app::ModelFile* model = current();
    return model != nullptr ? shown_name(*model) : tr("No model");
}

QString VariantListModel::currentQuantization() const {
    const app::ModelFile* model = current();
    return model != nullptr && modelState() != QLatin1String("loading")
               ? QString::fromStdString(model->quantization)
               : QString();
}

QString VariantListModel::modelState() const {
    const app::ModelFile* model = current();
    const app::ModelState& state = services_.generation.model();
    if (state.state == app::ModelState::State::Loading) return QStringLiteral("loading");
    if (failed_) return QStringLiteral("error");
    if (model != nullptr && isLoaded(*model)) {
        return services_.generation.any_running() ? QStringLiteral("busy")
                                                  : QStringLiteral("ready");
    }
    return services_.generation.any_running() ? QStringLiteral("busy") : QStringLiteral("unloaded");
}

QString VariantListModel::buttonText() const {
    if (modelState() == QLatin1String("loading")) {
        return tr("Loading %1 %").arg(qRound(loadProgress() * 100));
    }
    if (modelState() == QLatin1String("error")) return tr("%1: not loaded").arg(currentName());
    return currentName();
}

QString VariantListModel::accessibleState() const {
    const QString state = modelState();
    const QString word = state == QLatin1String("ready")      ? tr("loaded")
                         : state == QLatin1String("busy")     ? tr("answering")
                         : state == QLatin1String("loading")  ? tr("loading")
                         : state == QLatin1String("unloaded") ? tr("not loaded")
                                                              : tr("could not be loaded");
    return QStringList{currentName(), currentQuantization(), word}.join(QStringLiteral(", "));
}

QString VariantListModel::freeText() const {
    app::FreeMemory free = services_.library.free();
    const app::ModelState& state = services_.generation.model();
    const bool card = free.card_total > 0;
    const std::uint64_t bytes = card ? free.card + state.card_bytes : free.main + state.main_bytes;
    const std::uint64_t total = card ? free.card_total : free.main_total;
    return (card ? tr("Free on the card: %1 of %2 GiB") : tr("Free main memory: %1 of %2 GiB"))
        .arg(gib_number(bytes, 1), gib_number(total, 1));
}

bool VariantListModel::onCard() const {
    return services_.library.free().card_total > 0;
}

void VariantListModel::begin() {
    asked_ = true;
    const app::ModelFile* model = current();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        rows_[i].context = 0;
        if (model != nullptr && rows_[i].model.path == model->path) {
            chosen_ = static_cast<int>(i);
        }
    }
    askNeeds();
    refresh();
}

void VariantListModel::choose(int row) {
    if (row < 0 || row >= rowCount() || row == chosen_) return;
    chosen_ = row;
    Row& entry = rows_[static_cast<std::size_t>(row)];
    if (asked_ && entry.model.usable()) {
        for (int stop : app::context_stops(entry.model.context_trained)) {
            if (entry.needs.count(stop) == 0) services_.library.ask_need(planOf(entry, stop));
        }
    }
    refresh();
}

QVariantList VariantListModel::stops() const {
    const Row* row = chosenEntry();
    if (row == nullptr || !row->model.usable()) return {};
    VariantFacts facts = factsOf(*row);
    QVariantList stops;
    for (int tokens : app::context_stops(row->model.context_trained)) {
        const auto need = row->needs.find(tokens);
        const bool fits =
            need == row->needs.end() || app::fit_of(need->second, facts.free) != app::Fit::TooLarge;
        stops << QVariantMap{{"text", stop_text(tokens)}, {"tokens", tokens}, {"fits", fits}};
    }
    return stops;
}

int VariantListModel::stopIndex() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return 0;
    const int context = factsOf(*row).context;
    const auto stops = app::context_stops(row->model.context_trained);
    int best = 0;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (stops[i] <= context) best = static_cast<int>(i);
    }
    return best;
}

void VariantListModel::setStop(int index) {
    if (chosenEntry() == nullptr) return;
    Row& row = rows_[static_cast<std::size_t>(chosen_)];
    const auto stops = app::context_stops(row.model.context_trained);
    if (index < 0 || index >= static_cast<int>(stops.size())) return;
    row.context = stops[static_cast<std::size_t>(index)];
    if (row.needs.count(row.context) == 0) services_.library.ask_need(planOf(row, row.context));
    refresh();
}

QString VariantListModel::contextText() const {
    const Row* row = chosenEntry();
    return row == nullptr ? QString() : tr("%1 tokens").arg(thousands_text(factsOf(*row).context));
}

QVariantList VariantListModel::chosenParts() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return {};
    // The tall bar stands for what is free, not for all there is.
    VariantFacts facts = factsOf(*row);
    facts.free.main_total = facts.free.main;
    if (facts.free.card_total > 0)
        facts.free.card_total = std::max<std::uint64_t>(1, facts.free.card);
    return bar_parts(facts);
}

QVariantList VariantListModel::chosenFigures() const {
    const Row* row = chosenEntry();
    return row == nullptr ? QVariantList{} : figure_rows(factsOf(*row));
}

QVariantMap VariantListModel::chosen() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return {};
    const VariantFacts facts = factsOf(*row);
    const FitWords words = fit_words(facts);
    const app::ModelFile& model = row->model;
    const bool fit = words.tone == QLatin1String("ok") || words.tone == QLatin1String("warn");
    QStringList architecture{QString::fromStdString(model.architecture)};
    if (model.layers > 0) architecture << tr("%1 layers").arg(model.layers);
    if (model.parameters >= 100'000'000) {
        architecture << tr("%1 B").arg(static_cast<double>(model.parameters) / 1e9, 0, 'f', 1);
    } else if (model.parameters > 0) {
        architecture << tr("%1 M").arg(static_cast<double>(model.parameters) / 1e6, 0, 'f', 1);
    }
    return {{"name", shown_name(model)},
            {"quantization", QString::fromStdString(model.quantization)},
            {"usable", model.usable()},
            {"loaded", facts.loaded},
            {"word", fit && !facts.loaded
                         ? tr("%1 at %2 context").arg(words.word, thousands_text(facts.context))
                         : words.word},
            {"tone", words.tone},
            {"icon", words.icon},
            {"reason", reason_text(facts)},
            {"memoryTitle", facts.free.card_total > 0 ? tr("Graphics memory") : tr("Main memory")},
            {"need", facts.need ? gib_number(need_of(facts), 2) : QString()},
            {"free", tr("of %1 GiB free").arg(gib_number(free_of(facts), 2))},
            {"architecture", architecture.join(QStringLiteral(" · "))},
            {"trained", model.context_trained > 0
                            ? tr("%1 tokens").arg(thousands_text(model.context_trained))
                            : QString()},
            {"licence", QString::fromStdString(model.licence)},
            {"file", QString::fromStdString(model.path.filename().string())},
            {"starter", model.starter},
            {"check", model.problem ? problem_word(model) : tr("Complete")}};
}

QString VariantListModel::primaryText() const {
    const Row* row = chosenEntry();
    if (row == nullptr) return tr("Switch");
    return tr("Switch to %1").arg(size_label(row->model));
}

bool VariantListModel::canSwitch() const {
    const Row* row = chosenEntry();
    return row != nullptr && row->model.usable() && row->need_error.isEmpty();
}

void VariantListModel::switchTo() {
    const Row* row = chosenEntry();
    if (row == nullptr || !canSwitch()) return;
    const int context = factsOf(*row).context;
    const app::ModelFile& model = row->model;
    conversation_.chooseVariant(
        model.variant_id.empty() ? std::nullopt : std::optional(model.variant_id), context);
    const auto settings =
        settings_of(conversation_.value(), services_.library, services_.settings.values());
    if (settings) services_.generation.load(settings->variant);
}

void VariantListModel::load() {
    const Row* row = chosenEntry();
    if (row == nullptr || !canSwitch()) return;
    const std::string file = row->model.path.filename().string();
    const bool starter = row->model.starter;
    services_.settings.change([&](app::Settings& settings) {
        settings.models.standard = starter ? std::nullopt : std::optional(file);
    });
    switchTo();
}

void VariantListModel::unload() {
    services_.generation.unload();
}

void VariantListModel::rescan() {
    services_.library.rescan();
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

QVariantList VariantListModel::folders() const {
    QVariantList list;
    const auto add = [&](const std::filesystem::path& path, bool fixed) {
        int models = 0;
        std::uint64_t bytes = 0;
        for (const app::ModelFile& model : services_.library.models()) {
            if (model.starter) continue;
            const auto relative = model.path.lexically_relative(path);
            if (relative.empty() || *relative.begin() == "..") continue;
            ++models;
            bytes += model.size;
        }
        QString shown = QString::fromStdString(path.string());
        if (shown.startsWith(QDir::homePath())) shown.replace(0, QDir::homePath().size(), "~");
        const bool there = QFileInfo::exists(QString::fromStdString(path.string()));
        list << QVariantMap{
            {"path", shown},
            {"reachable", there},
            {"fixed", fixed},
            {"note", models == 1 ? tr("1 model · %1").arg(gib_text(bytes))
                                 : tr("%1 models · %2").arg(models).arg(gib_text(bytes))}};
    };
    add(services_.store.profile().models(), true);
    for (const auto& folder : services_.settings.values().models.folders) add(folder, false);
    return list;
}

QString VariantListModel::countText() const {
    if (scanning()) return tr("Looking…");
    return tr("%1 found").arg(rows_.size());
}

void VariantListModel::addFolder(const QUrl& folder) {
    const std::string path = folder.toLocalFile().toStdString();
    if (path.empty()) return;
    services_.settings.change([&](app::Settings& settings) {
        auto& folders = settings.models.folders;
        if (std::find(folders.begin(), folders.end(), path) == folders.end()) {
            folders.push_back(path);
        }
    });
    applyFolders();
}

void VariantListModel::removeFolder(int index) {
    services_.settings.change([&](app::Settings& settings) {
        auto& folders = settings.models.folders;
        // The first of the list is the profile's own, which stays.
        if (index >= 1 && index <= static_cast<int>(folders.size())) {
            folders.erase(folders.begin() + (index - 1));
        }
    });
    applyFolders();
}

void VariantListModel::importFile(const QUrl& file) {
    const QString from = file.toLocalFile();
    if (!import_text_.isEmpty()) return;
    if (!from.endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive)) {
        emit importFailed(tr("Deepwell reads GGUF files. Choose one that ends in .gguf."));
        return;
    }
    const QFileInfo source(from);
    const QString to = QString::fromStdString(services_.store.profile().models().string()) + '/' +
                       source.fileName();
    import_text_ = tr("Copying %1…").arg(source.fileName());
    emit importChanged();
    QThreadPool::globalInstance()->start([guard = QPointer<VariantListModel>(this), from, to] {
        // Beside its place first: a half copy is never taken for a model.
        const QString part = to + QStringLiteral(".part");
        QFile::remove(part);
        const bool done = !QFile::exists(to) && QFile::copy(from, part) && QFile::rename(part, to);
        if (!done) QFile::remove(part);
        // By the program's object: this model may be gone by then.
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, done, to] {
                if (guard) guard->imported(done, to);
            },
            Qt::QueuedConnection);
    });
}

void VariantListModel::imported(bool done, const QString& file) {
    import_text_.clear();
    emit importChanged();
    if (done) {
        services_.library.rescan();
    } else {
        emit importFailed(QFile::exists(file) ? tr("A file of this name is there already.")
                                              : tr("The file could not be copied. Is there room?"));
    }
}

int VariantListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant VariantListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const VariantFacts facts = factsOf(row);
    const FitWords words = fit_words(facts);
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
            return words.word;
        case StateTone:
            return words.tone;
        case StateIcon:
            return words.icon;
        case Reason:
            return reason_text(facts);
        case Chosen:
            return index.row() == chosen_;
        case AccessibleName:
            return facts.need
                       ? tr("%1, needs %2, %3")
                             .arg(shown_name(row.model), gib_text(need_of(facts)), words.word)
                       : tr("%1, %2").arg(shown_name(row.model), words.word);
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
