#include "app/storage/copies.h"

#include <iterator>
#include <utility>

#include "app/base/wait_for.h"
#include "app/storage/snapshot.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBatch = 50;  // conversations

void add(ImportCounts& sum, ImportCounts more) {
    sum.brought += more.brought;
    sum.already_there += more.already_there;
    sum.updated += more.updated;
    sum.failed += more.failed;
    sum.in_bin += more.in_bin;
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    append(sum.added, more.added);
    append(sum.added_messages, more.added_messages);
    append(sum.failures, more.failures);
}

}  // namespace

Result<ImportCounts> restore_copy(const fs::path& copy, Store& store,
                                  const std::atomic<bool>& stop) {
    const auto snapshot = Snapshot::open_file(copy);
    if (!snapshot) return fail(snapshot.error());
    const auto rows = snapshot->rows(false);
    if (!rows) return fail(rows.error());
    auto variants = snapshot->variants();
    if (!variants) return fail(variants.error());
    auto folders = snapshot->folders();
    if (!folders) return fail(folders.error());

    ImportCounts sum;
    for (std::size_t next = 0; next < rows->size();) {
        if (stop) return fail(ErrorCode::Cancelled, "Cancelled.");
        Store::ImportBatch batch{*variants, *folders, {}, {}};
        for (; next < rows->size() && batch.conversations.size() < kBatch; ++next) {
            auto conversation = snapshot->conversation((*rows)[next].id);
            if (!conversation) return fail(conversation.error());
            batch.conversations.push_back(std::move(*conversation));
        }
        auto counts =
            wait_for<ImportCounts>([&](auto done) { store.import_batch(std::move(batch), done); });
        if (!counts) return fail(counts.error());
        add(sum, std::move(*counts));
    }
    return sum;
}

}  // namespace deepwell::app
