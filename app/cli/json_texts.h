// Texts in JSON files of the commands: a string, or {"base64": "…"} for bytes that are no UTF-8.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "engine/base/result.h"

namespace deepwell::app::cli {

// Errors: InvalidArgument for anything else.
engine::Result<std::string> text_of(const nlohmann::ordered_json& item);

// A string where the bytes are whole UTF-8, else base64.
nlohmann::ordered_json json_of(const std::string& bytes);

// The JSON value in a file ("-": standard input). Errors: those of reading; InvalidArgument with
// the place where it is no JSON.
engine::Result<nlohmann::ordered_json> read_json(const std::string& path);

}  // namespace deepwell::app::cli
