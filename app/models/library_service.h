// The library for the window: scans the folders on its own low-priority thread, links what it finds
// with the variants of the store, hashes files in the background, and keeps a list that is ready at
// any moment. Lives on the GUI thread; never waits.
#pragma once

#include <QtCore/QObject>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/models/memory.h"
#include "app/models/model_file.h"

namespace deepwell::app {

class Store;

class LibraryService : public QObject {
    Q_OBJECT
public:
    // `store` may be null (no profile: nothing is remembered); it must outlive the service.
    LibraryService(Store* store, std::filesystem::path starter, QObject* parent = nullptr);
    ~LibraryService() override;  // stops within 200 ms, also in the middle of a hash

    // Scans these from now on; the first scan begins at once.
    void set_folders(std::vector<std::filesystem::path> folders);
    void rescan();
    bool scanning() const;

    // Sorted by name, then size, the starter first; faulty files stand in it with their problem.
    const std::vector<ModelFile>& models() const;
    const ModelFile* find(const std::filesystem::path& path) const;
    const ModelFile* find_variant(const std::string& variant_id) const;
    // By file name, as settings name the default; empty or unknown: the starter. Null: no model.
    const ModelFile* find_default(const std::string& file_name) const;

    // Takes the entry out of the list and out of the store's memory; the file stays.
    void take_out(const std::filesystem::path& path);

    // Computes SHA-256 of files that have none, one after another, while nothing else is asked.
    void hash_in_background(bool on);

    // What a plan needs, computed on the library thread, one after another; a question that waits
    // is not asked twice. Answered by needFound.
    void ask_need(const VariantPlan& plan);
    FreeMemory free() const;  // of a moment ago; ask_need and scans refresh it

signals:
    void changed();  // models()
    void scanningChanged();
    void freeChanged();
    void needFound(const deepwell::app::VariantPlan& plan, const deepwell::app::MemoryNeed& need,
                   const QString& error);

private:
    class Private;
    std::unique_ptr<Private> d_;
};

}  // namespace deepwell::app
