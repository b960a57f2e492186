#include "app/storage/rows/variant_rows.h"

#include "app/conversations/conversation_json.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace {

constexpr auto kSelectVariants =
    "SELECT uuid, name, file_name, file_size, sha256, parts, architecture, quantization, "
    "parameters, context_trained, plan FROM variants v ";

std::vector<Variant> variants_of(Query& query) {
    std::vector<Variant> variants;
    while (query.next()) {
        Variant variant;
        variant.id = query.text(0);
        variant.name = query.text(1);
        variant.file_name = query.text(2);
        variant.file_size = query.number(3);
        variant.sha256 = query.optional_text(4);
        if (const auto parts = query.optional_text(5)) {
            variant.parts = parts_from_json(parse_json(*parts));
        }
        variant.architecture = query.optional_text(6);
        variant.quantization = query.optional_text(7);
        variant.parameters = query.optional_number(8);
        variant.context_trained = query.optional_number(9);
        if (const auto plan = query.optional_text(10)) {
            auto json = parse_json(*plan);
            if (!json.is_discarded()) variant.plan = std::move(json);
        }
        variants.push_back(std::move(variant));
    }
    return variants;
}

// True if `above` stands somewhere over `folder`, or is it.
bool is_above(Database& database, Pk above, Pk folder) {
    Query query(
        database,
        "WITH RECURSIVE up (pk, depth) AS (SELECT ?, 0 UNION SELECT f.parent, depth + 1 "
        "FROM up JOIN folders f ON f.pk = up.pk WHERE f.parent IS NOT NULL AND depth < 1000) "
        "SELECT count(*) FROM up WHERE pk = ?");
    query.bind(folder).bind(above);
    query.next();
    return query.number(0) > 0;
}

}  // namespace

std::optional<Pk> find_variant(Database& database, const std::optional<VariantId>& id) {
    if (!id) return std::nullopt;
    Query query(database, "SELECT pk FROM variants WHERE uuid = ?");
    query.bind(*id);
    if (!query.next()) return std::nullopt;
    return query.number(0);
}

std::vector<Variant> read_variants(Database& database) {
    Query query(database, std::string(kSelectVariants) + "ORDER BY pk");
    return variants_of(query);
}

std::vector<Variant> read_exported_variants(Database& database) {
    Query query(database, std::string(kSelectVariants) +
                              "WHERE EXISTS (SELECT 1 FROM messages m WHERE m.variant = v.pk) "
                              "OR EXISTS (SELECT 1 FROM conversations c "
                              "WHERE json_extract(c.settings, '$.variant') = v.uuid) "
                              "OR (v.plan IS NULL AND NOT EXISTS "
                              "(SELECT 1 FROM model_files f WHERE f.variant = v.pk)) ORDER BY pk");
    return variants_of(query);
}

void save_variant(Database& database, const Variant& variant) {
    Query query(database,
                "INSERT INTO variants (uuid, name, file_name, file_size, sha256, parts, "
                "architecture, quantization, parameters, context_trained, plan) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (uuid) DO UPDATE SET name = excluded.name, "
                "file_name = excluded.file_name, file_size = excluded.file_size, "
                "sha256 = excluded.sha256, parts = excluded.parts, "
                "architecture = excluded.architecture, quantization = excluded.quantization, "
                "parameters = excluded.parameters, context_trained = excluded.context_trained, "
                "plan = excluded.plan");
    query.bind(variant.id).bind(variant.name).bind(variant.file_name).bind(variant.file_size);
    query.bind(variant.sha256);
    if (variant.parts.empty()) {
        query.bind_null();
    } else {
        query.bind(to_text(parts_to_json(variant.parts)));
    }
    query.bind(variant.architecture).bind(variant.quantization).bind(variant.parameters);
    query.bind(variant.context_trained);
    if (variant.plan.is_null()) {
        query.bind_null();
    } else {
        query.bind(to_text(variant.plan));
    }
    query.run();
}

std::vector<ModelFileRow> read_model_files(Database& database) {
    std::vector<ModelFileRow> files;
    Query query(database,
                "SELECT f.path, f.size, f.modified, v.uuid, f.problem FROM model_files f "
                "LEFT JOIN variants v ON v.pk = f.variant ORDER BY f.path");
    while (query.next()) {
        files.push_back({query.text(0), query.number(1), query.number(2), query.optional_text(3),
                         query.optional_text(4)});
    }
    return files;
}

void save_model_files(Database& database, const std::vector<ModelFileRow>& files,
                      const std::vector<std::string>& gone) {
    for (const auto& path : gone) {
        Query query(database, "DELETE FROM model_files WHERE path = ?");
        query.bind(path).run();
    }
    for (const auto& file : files) {
        Query query(database,
                    "INSERT OR REPLACE INTO model_files (path, size, modified, variant, problem) "
                    "VALUES (?, ?, ?, ?, ?)");
        query.bind(file.path).bind(file.size).bind(file.modified);
        query.bind(find_variant(database, file.variant)).bind(file.problem).run();
    }
}

std::optional<Pk> find_folder(Database& database, const std::optional<FolderId>& id) {
    if (!id) return std::nullopt;
    Query query(database, "SELECT pk FROM folders WHERE uuid = ?");
    query.bind(*id);
    if (!query.next()) return std::nullopt;
    return query.number(0);
}

std::vector<Folder> read_folders(Database& database) {
    std::vector<Folder> folders;
    Query query(database,
                "SELECT f.uuid, p.uuid, f.name, f.position, f.created FROM folders f "
                "LEFT JOIN folders p ON p.pk = f.parent ORDER BY f.pk");
    while (query.next()) {
        folders.push_back({query.text(0), query.optional_text(1), query.text(2), query.number(3),
                           query.optional_number(4)});
    }
    return folders;
}

void save_folder(Database& database, const Folder& folder) {
    auto parent = find_folder(database, folder.parent);
    const auto there = find_folder(database, folder.id);
    if (parent && there && is_above(database, *there, *parent)) parent.reset();
    Query query(database,
                "INSERT INTO folders (uuid, parent, name, position, created) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET parent = excluded.parent, "
                "name = excluded.name, position = excluded.position");
    query.bind(folder.id).bind(parent).bind(folder.name).bind(folder.order).bind(folder.created);
    query.run();
}

void remove_folder(Database& database, const FolderId& id) {
    const auto pk = find_folder(database, id);
    if (!pk) throw Failure(ErrorCode::NotFound, "The folder is not there any more.", id);
    for (const auto* table : {"conversations SET folder", "folders SET parent"}) {
        const std::string column(
            std::string_view(table).substr(std::string_view(table).rfind(' ')));
        Query query(database, std::string("UPDATE ") + table +
                                  " = (SELECT parent FROM folders WHERE pk = ?1) WHERE" + column +
                                  " = ?1");
        query.bind(*pk).run();
    }
    Query query(database, "DELETE FROM folders WHERE pk = ?");
    query.bind(*pk).run();
}

}  // namespace deepwell::app
