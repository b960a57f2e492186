// Between the library's files and what the store remembers of them: pure functions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/models/model_file.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

// Files as they were at the last scan; those whose variant is not known are left out (they are
// read again).
std::vector<ModelFile> models_from_rows(const std::vector<ModelFileRow>& rows,
                                        const std::vector<Variant>& variants);
std::vector<ModelFileRow> rows_of(const std::vector<ModelFile>& models);
// Paths that stood in `before` and do not stand in `now`.
std::vector<std::string> gone_of(const std::vector<ModelFileRow>& before,
                                 const std::vector<ModelFileRow>& now);

// Gives each usable file the id of its variant: the one with the same file name and size (and the
// same hash, where both have one), else a new one, which is added to `variants` and handed to
// `save`.
void link_variants(std::vector<ModelFile>& models, std::vector<Variant>& variants,
                   const std::function<void(const Variant&)>& save);

Variant variant_of(const ModelFile& model);

}  // namespace deepwell::app
