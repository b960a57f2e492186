#include "ui/viewmodels/models/device_model.h"

#include <QtCore/QThread>
#include <algorithm>

#include "app/models/memory.h"
#include "ui/viewmodels/words.h"

namespace deepwell::ui {

DeviceModel::DeviceModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    pool_.setMaxThreadCount(1);
    threads_ = QThread::idealThreadCount();
    timer_.setInterval(1000);
    connect(&timer_, &QTimer::timeout, this, &DeviceModel::checkAgain);
    timer_.start();
    connect(&services_.generation, &app::GenerationService::modelChanged, this, [this] {
        const app::ModelState& model = services_.generation.model();
        if (model.state == app::ModelState::State::Loaded) {
            services_.library.ask_need(model.variant);
        } else {
            need_ = {};
        }
        emit changed();
    });
    connect(&services_.library, &app::LibraryService::needFound, this,
            [this](const app::VariantPlan& plan, const app::MemoryNeed& need) {
                const app::ModelState& model = services_.generation.model();
                if (model.state == app::ModelState::State::Loaded && model.variant == plan) {
                    need_ = need;
                    emit changed();
                }
            });
    checkAgain();
}

DeviceModel::~DeviceModel() {
    pool_.waitForDone();
}

void DeviceModel::checkAgain() {
    if (pool_.activeThreadCount() > 0) return;
    pool_.start([this] {
        const app::FreeMemory now = app::free_memory();
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                // A tenth of a GiB is what the chip shows.
                constexpr std::uint64_t kStep = 1ull << 26;
                const bool same = now.main / kStep == memory_.main / kStep &&
                                  now.card / kStep == memory_.card / kStep &&
                                  now.main_total == memory_.main_total &&
                                  now.card_total == memory_.card_total;
                if (same) return;
                memory_ = now;
                emit changed();
            },
            Qt::QueuedConnection);
    });
}

bool DeviceModel::on_card() const {
    return memory_.card_total > 0 && (need_.card() > 0 || !modelLoaded());
}

std::uint64_t DeviceModel::total() const {
    return on_card() ? memory_.card_total : memory_.main_total;
}

std::uint64_t DeviceModel::used() const {
    const std::uint64_t free = on_card() ? memory_.card : memory_.main;
    return total() > free ? total() - free : 0;
}

std::uint64_t DeviceModel::ours() const {
    return on_card() ? need_.card() : need_.main();
}

bool DeviceModel::modelLoaded() const {
    return services_.generation.model().state == app::ModelState::State::Loaded;
}

QString DeviceModel::name() const {
    if (!on_card()) return tr("CPU");
    const std::string& device = services_.generation.model().device;
    return device.empty() ? tr("Graphics card") : QString::fromStdString(device);
}

QString DeviceModel::longName() const {
    return on_card() ? name() : tr("CPU · %1 threads").arg(threads_);
}

QString DeviceModel::usedText() const {
    return gib_number(used(), 1);
}

QString DeviceModel::totalText() const {
    const double gib = static_cast<double>(total()) / (1024.0 * 1024.0 * 1024.0);
    return tr("%1 GiB").arg(qRound(gib));
}

QVariantList DeviceModel::parts() const {
    if (total() == 0) return {};
    const auto share = [&](std::uint64_t bytes) {
        return static_cast<double>(bytes) / static_cast<double>(total());
    };
    const std::uint64_t others = used() > ours() ? used() - ours() : 0;
    const bool card = on_card();
    QVariantList parts;
    const auto add = [&](const char* kind, std::uint64_t bytes) {
        parts << QVariantMap{{"kind", QString::fromLatin1(kind)}, {"share", share(bytes)}};
    };
    add("other", others);
    add("weights", card ? need_.card_weights : need_.weights);
    add("cache", card ? need_.card_cache : need_.cache);
    add("work", card ? need_.card_workspace : need_.workspace);
    return parts;
}

QVariantList DeviceModel::figures() const {
    const bool card = on_card();
    const std::uint64_t others = used() > ours() ? used() - ours() : 0;
    const auto row = [](const char* kind, const QString& name, std::uint64_t bytes) {
        return QVariantMap{
            {"kind", QString::fromLatin1(kind)}, {"name", name}, {"value", gib_text(bytes, 2)}};
    };
    return {row("other", tr("Other programs"), others),
            row("weights", tr("Weights"), card ? need_.card_weights : need_.weights),
            row("cache", tr("Cache"), card ? need_.card_cache : need_.cache),
            row("work", tr("Workspace"), card ? need_.card_workspace : need_.workspace),
            row("free", tr("Free"), card ? memory_.card : memory_.main)};
}

QString DeviceModel::accessibleName() const {
    return (on_card() ? tr("Graphics memory %1 of %2") : tr("Main memory %1 of %2"))
        .arg(usedText(), totalText());
}

}  // namespace deepwell::ui
