// The folders that models are looked for in, and the import of a file into the first of them.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtCore/QVariant>
#include <atomic>
#include <filesystem>
#include <set>
#include <vector>

#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ModelFoldersModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    // [{path, reachable, fixed, note}]; the first is the profile's own and stays.
    Q_PROPERTY(QVariantList folders READ folders NOTIFY changed)
    Q_PROPERTY(bool scanning READ scanning NOTIFY changed)
    Q_PROPERTY(QString countText READ countText NOTIFY changed)
    Q_PROPERTY(QString importText READ importText NOTIFY importChanged)

public:
    explicit ModelFoldersModel(const Services& services, QObject* parent = nullptr);
    ~ModelFoldersModel() override;

    Q_INVOKABLE void rescan();
    Q_INVOKABLE void addFolder(const QUrl& folder);
    Q_INVOKABLE void removeFolder(int index);
    Q_INVOKABLE void importFile(const QUrl& file);
    Q_INVOKABLE void stopImport();

    QVariantList folders() const;
    bool scanning() const { return services_.library.scanning(); }
    QString countText() const;
    QString importText() const { return import_text_; }

signals:
    void changed();
    void importChanged();
    void importFailed(const QString& sentence);

private:
    std::vector<std::filesystem::path> paths() const;
    void apply();
    void look();
    void imported(const QString& failure);

    Services services_;
    std::set<std::filesystem::path> absent_;
    QString import_text_;
    std::atomic<bool> stop_import_ = false;
    QThreadPool pool_;
};

}  // namespace deepwell::ui
