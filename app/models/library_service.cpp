#include "app/models/library_service.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QtCore/QMetaObject>
#include <QtCore/QPointer>
#include <QtCore/QThread>
#include <algorithm>
#include <utility>

#include "app/models/library.h"
#include "app/models/library_rows.h"
#include "app/storage/store.h"

namespace deepwell::app {

namespace fs = std::filesystem;

class LibraryService::Private {
public:
    Private(LibraryService& owner, Store* store, fs::path starter)
        : owner_(owner), store_(store), starter_(std::move(starter)) {
        thread_.setObjectName("library");
        worker_.moveToThread(&thread_);
        thread_.start(QThread::LowPriority);
        // QThread's priority has no effect under Linux's normal scheduling; a nice value of this
        // thread alone has.
        on_worker(
            [] { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), 10); });
        free_ = free_memory();
    }

    ~Private() {
        stop_.request_stop();
        thread_.quit();
        thread_.wait();
    }

    void set_folders(std::vector<fs::path> folders) {
        folders_ = std::move(folders);
        rescan();
    }

    void rescan() {
        if (scanning_) {
            again_ = true;
            return;
        }
        scanning_ = true;
        emit owner_.scanningChanged();
        if (!remembered_ && store_ != nullptr) {
            remember();
        } else {
            scan();
        }
    }

    // What the store knows of files, once.
    void remember() {
        remembered_ = true;
        store_->list_variants(
            Done<std::vector<Variant>>(&owner_, [this](Result<std::vector<Variant>> variants) {
                if (variants) variants_ = std::move(*variants);
                store_->list_model_files(Done<std::vector<ModelFileRow>>(
                    &owner_, [this](Result<std::vector<ModelFileRow>> rows) {
                        if (rows) {
                            rows_ = std::move(*rows);
                            models_ = models_from_rows(rows_, variants_);
                        }
                        scan();
                    }));
            }));
    }

    void scan() {
        on_worker([this, folders = folders_, starter = starter_, known = models_] {
            auto found = scan_models(folders, starter, known, stop_);
            const FreeMemory free = free_memory();
            back(
                [this, found = std::move(found), free]() mutable { took(std::move(found), free); });
        });
    }

    void took(std::vector<ModelFile> found, const FreeMemory& free) {
        std::erase_if(found, [&](const ModelFile& model) {
            return std::find(hidden_.begin(), hidden_.end(), model.path) != hidden_.end();
        });
        link_variants(found, variants_, [this](const Variant& variant) {
            if (store_ != nullptr) store_->save_variant(variant, {});
        });
        models_ = std::move(found);
        free_ = free;
        if (store_ != nullptr) {
            std::vector<ModelFileRow> rows = rows_of(models_);
            std::vector<std::string> gone = gone_of(rows_, rows);
            if (!(rows == rows_) || !gone.empty()) {
                store_->save_model_files(rows, std::move(gone), {});
            }
            rows_ = std::move(rows);
        }
        scanning_ = false;
        emit owner_.changed();
        emit owner_.scanningChanged();
        emit owner_.freeChanged();
        if (std::exchange(again_, false)) {
            rescan();
        } else {
            hash_next();
        }
    }

    void hash_in_background(bool on) {
        hashing_on_ = on;
        hash_next();
    }

    void hash_next() {
        if (!hashing_on_ || hashing_ || scanning_) return;
        const auto next = std::find_if(models_.begin(), models_.end(), [&](const ModelFile& model) {
            return model.usable() && !model.sha256 &&
                   std::find(unhashable_.begin(), unhashable_.end(), model.path) ==
                       unhashable_.end();
        });
        if (next == models_.end()) return;
        hashing_ = true;
        on_worker([this, path = next->path] {
            auto hash = hash_file(path, stop_);
            back([this, path, hash = std::move(hash)] { hashed(path, hash); });
        });
    }

    void hashed(const fs::path& path, const engine::Result<std::string>& hash) {
        hashing_ = false;
        if (!hash) {
            unhashable_.push_back(path);
        } else {
            for (ModelFile& model : models_) {
                if (model.path != path) continue;
                model.sha256 = *hash;
                for (Variant& variant : variants_) {
                    if (variant.id != model.variant_id) continue;
                    variant.sha256 = *hash;
                    if (store_ != nullptr) store_->save_variant(variant, {});
                }
            }
            emit owner_.changed();
        }
        hash_next();
    }

    void ask_need(const VariantPlan& plan) {
        if (std::find(asked_.begin(), asked_.end(), plan) != asked_.end()) return;
        asked_.push_back(plan);
        QMetaObject::invokeMethod(
            &owner_, [this] { answer_need(); }, Qt::QueuedConnection);
    }

    void answer_need() {
        if (needing_ || asked_.empty()) return;
        needing_ = true;
        const VariantPlan plan = asked_.front();
        asked_.erase(asked_.begin());
        on_worker([this, plan] {
            const auto need = memory_need(plan);
            const FreeMemory free = free_memory();
            back([this, plan, need, free] {
                needing_ = false;
                free_ = free;
                emit owner_.freeChanged();
                emit owner_.needFound(
                    plan, need ? *need : MemoryNeed(),
                    need ? QString() : QString::fromStdString(need.error().message));
                answer_need();
            });
        });
    }

    void take_out(const fs::path& path) {
        hidden_.push_back(path);
        std::erase_if(models_, [&](const ModelFile& model) { return model.path == path; });
        std::erase_if(rows_, [&](const ModelFileRow& row) { return row.path == path.string(); });
        if (store_ != nullptr) store_->save_model_files({}, {path.string()}, {});
        emit owner_.changed();
    }

    const ModelFile* find_if(const std::function<bool(const ModelFile&)>& wanted) const {
        const auto found = std::find_if(models_.begin(), models_.end(), wanted);
        return found == models_.end() ? nullptr : &*found;
    }

    std::vector<ModelFile> models_;
    FreeMemory free_;
    bool scanning_ = false;

private:
    template <class F>
    void on_worker(F work) {
        QMetaObject::invokeMethod(&worker_, std::move(work), Qt::QueuedConnection);
    }
    // Back to the owner's thread. This object waits for its thread before it goes, and what is
    // still posted to the owner then goes with the owner.
    template <class F>
    void back(F work) {
        QMetaObject::invokeMethod(&owner_, std::move(work), Qt::QueuedConnection);
    }

    LibraryService& owner_;
    Store* store_;
    fs::path starter_;
    std::vector<fs::path> folders_;
    std::vector<fs::path> hidden_;
    std::vector<fs::path> unhashable_;
    std::vector<Variant> variants_;
    std::vector<ModelFileRow> rows_;
    std::vector<VariantPlan> asked_;
    bool remembered_ = false;
    bool again_ = false;
    bool hashing_on_ = false;
    bool hashing_ = false;
    bool needing_ = false;
    engine::StopFlag stop_;
    QThread thread_;
    QObject worker_;
};

LibraryService::LibraryService(Store* store, fs::path starter, QObject* parent)
    : QObject(parent), d_(std::make_unique<Private>(*this, store, std::move(starter))) {}

LibraryService::~LibraryService() = default;

void LibraryService::set_folders(std::vector<fs::path> folders) {
    d_->set_folders(std::move(folders));
}

void LibraryService::rescan() {
    d_->rescan();
}

bool LibraryService::scanning() const {
    return d_->scanning_;
}

const std::vector<ModelFile>& LibraryService::models() const {
    return d_->models_;
}

const ModelFile* LibraryService::find(const fs::path& path) const {
    return d_->find_if([&](const ModelFile& model) { return model.path == path; });
}

const ModelFile* LibraryService::find_variant(const std::string& variant_id) const {
    if (variant_id.empty()) return nullptr;
    return d_->find_if([&](const ModelFile& model) { return model.variant_id == variant_id; });
}

const ModelFile* LibraryService::find_default(const std::string& file_name) const {
    const ModelFile* named = file_name.empty() ? nullptr : d_->find_if([&](const ModelFile& model) {
        return model.path.filename() == file_name && model.usable();
    });
    if (named != nullptr) return named;
    const ModelFile* starter =
        d_->find_if([](const ModelFile& model) { return model.starter && model.usable(); });
    if (starter != nullptr) return starter;
    return d_->find_if([](const ModelFile& model) { return model.usable(); });
}

void LibraryService::take_out(const fs::path& path) {
    d_->take_out(path);
}

void LibraryService::hash_in_background(bool on) {
    d_->hash_in_background(on);
}

void LibraryService::ask_need(const VariantPlan& plan) {
    d_->ask_need(plan);
}

FreeMemory LibraryService::free() const {
    return d_->free_;
}

}  // namespace deepwell::app
