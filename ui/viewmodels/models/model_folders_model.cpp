#include "ui/viewmodels/models/model_folders_model.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <algorithm>
#include <functional>

#include "ui/viewmodels/words.h"

namespace deepwell::ui {
namespace {

constexpr qint64 kStep = 4 << 20;

// Beside its place first: a half copy is never taken for a model. The sentence of what went wrong;
// empty: done, or stopped.
QString copy_model(const QString& from, const QString& to, const std::atomic<bool>& stop,
                   const std::function<void(double)>& progress) {
    if (QFile::exists(to)) {
        return ModelFoldersModel::tr("A file of this name is there already.");
    }
    const QString failed = ModelFoldersModel::tr("The file could not be copied. Is there room?");
    const QString part = to + QStringLiteral(".part");
    QFile source(from);
    QFile target(part);
    if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly)) return failed;
    const qint64 size = std::max<qint64>(1, source.size());
    bool whole = false;
    while (!stop) {
        const QByteArray step = source.read(kStep);
        whole = step.isEmpty() && source.atEnd();
        if (step.isEmpty() || target.write(step) != step.size()) break;
        progress(static_cast<double>(target.pos()) / static_cast<double>(size));
    }
    target.close();
    if (whole && target.error() == QFileDevice::NoError && target.rename(to)) return {};
    QFile::remove(part);
    return stop ? QString() : failed;
}

}  // namespace

ModelFoldersModel::ModelFoldersModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    pool_.setMaxThreadCount(2);
    connect(&services_.library, &app::LibraryService::changed, this, [this] {
        look();
        emit changed();
    });
    connect(&services_.library, &app::LibraryService::scanningChanged, this,
            &ModelFoldersModel::changed);
    apply();
}

ModelFoldersModel::~ModelFoldersModel() {
    stop_import_ = true;
    pool_.waitForDone();
}

std::vector<std::filesystem::path> ModelFoldersModel::paths() const {
    std::vector<std::filesystem::path> paths{services_.store.profile().models()};
    for (const auto& folder : services_.settings.values().models.folders) paths.push_back(folder);
    return paths;
}

void ModelFoldersModel::apply() {
    services_.library.set_folders(paths());
    look();
    emit changed();
}

// A drive that is away may take long to say so.
void ModelFoldersModel::look() {
    pool_.start([this, paths = paths()] {
        std::set<std::filesystem::path> absent;
        for (const auto& path : paths) {
            std::error_code error;
            if (!std::filesystem::is_directory(path, error)) absent.insert(path);
        }
        QMetaObject::invokeMethod(
            this,
            [this, absent = std::move(absent)] {
                if (absent == absent_) return;
                absent_ = absent;
                emit changed();
            },
            Qt::QueuedConnection);
    });
}

void ModelFoldersModel::rescan() {
    services_.library.rescan();
}

QVariantList ModelFoldersModel::folders() const {
    QVariantList list;
    for (const auto& path : paths()) {
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
        list << QVariantMap{
            {"path", shown},
            {"reachable", absent_.count(path) == 0},
            {"fixed", list.isEmpty()},
            {"note", models == 1 ? tr("1 model · %1").arg(gib_text(bytes))
                                 : tr("%1 models · %2").arg(models).arg(gib_text(bytes))}};
    }
    return list;
}

QString ModelFoldersModel::countText() const {
    if (scanning()) return tr("Looking…");
    return tr("%1 found").arg(services_.library.models().size());
}

void ModelFoldersModel::addFolder(const QUrl& folder) {
    const std::string path = folder.toLocalFile().toStdString();
    if (path.empty()) return;
    services_.settings.change([&](app::Settings& settings) {
        auto& folders = settings.models.folders;
        if (std::find(folders.begin(), folders.end(), path) == folders.end()) {
            folders.push_back(path);
        }
    });
    apply();
}

void ModelFoldersModel::removeFolder(int index) {
    services_.settings.change([&](app::Settings& settings) {
        auto& folders = settings.models.folders;
        if (index >= 1 && index <= static_cast<int>(folders.size())) {
            folders.erase(folders.begin() + (index - 1));
        }
    });
    apply();
}

void ModelFoldersModel::importFile(const QUrl& file) {
    if (!import_text_.isEmpty()) return;
    const QString from = file.toLocalFile();
    if (!from.endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive)) {
        emit importFailed(tr("Deepwell reads GGUF files. Choose one that ends in .gguf."));
        return;
    }
    const QString name = QFileInfo(from).fileName();
    const QString to =
        QString::fromStdString((services_.store.profile().models() / name.toStdString()).string());
    stop_import_ = false;
    import_text_ = tr("Copying %1…").arg(name);
    emit importChanged();
    pool_.start([this, from, to, name] {
        int told = 0;
        const QString failure = copy_model(from, to, stop_import_, [&](double done) {
            const int percent = static_cast<int>(done * 100);
            if (percent == told) return;
            told = percent;
            QMetaObject::invokeMethod(
                this,
                [this, name, percent] {
                    import_text_ = tr("Copying %1, %2 %").arg(name).arg(percent);
                    emit importChanged();
                },
                Qt::QueuedConnection);
        });
        QMetaObject::invokeMethod(
            this, [this, failure] { imported(failure); }, Qt::QueuedConnection);
    });
}

void ModelFoldersModel::stopImport() {
    stop_import_ = true;
}

void ModelFoldersModel::imported(const QString& failure) {
    import_text_.clear();
    emit importChanged();
    if (failure.isEmpty()) {
        services_.library.rescan();
    } else {
        emit importFailed(failure);
    }
}

}  // namespace deepwell::ui
