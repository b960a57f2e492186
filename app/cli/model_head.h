// A model file's head: what commands need that do not run the model. Files made only of a
// vocabulary have one too.
#pragma once

#include <memory>

#include "app/cli/shell.h"
#include "engine/gguf/file.h"
#include "engine/tokenizer/tokenizer.h"

namespace deepwell::app::cli {

struct ModelHead {
    std::shared_ptr<const engine::GgufFile> file;
    std::shared_ptr<const engine::Tokenizer> tokenizer;
};

// Prints what was odd about the tokenizer on stderr.
engine::Result<ModelHead> open_head(const Shell& shell, const std::string& model);

}  // namespace deepwell::app::cli
