#include "app/cli/model_head.h"

#include <iostream>

namespace deepwell::app::cli {

engine::Result<ModelHead> open_head(const Shell& shell, const std::string& model) {
    const auto path = shell.find_model(model);
    if (!path) return engine::fail(path.error());
    auto file = engine::GgufFile::open(*path);
    if (!file) return engine::fail(file.error());
    auto tokenizer = engine::Tokenizer::from_metadata(file->metadata());
    if (!tokenizer) return engine::fail(tokenizer.error());
    for (const std::string& warning : (*tokenizer)->warnings()) {
        std::cerr << "deepwell-cli: " << warning << '\n';
    }
    return ModelHead{std::make_shared<const engine::GgufFile>(std::move(*file)), *tokenizer};
}

}  // namespace deepwell::app::cli
