// Model files made by code, as small as they can be.
#pragma once

#include <filesystem>
#include <string>

namespace deepwell::tests {

// A file with these two keys and one tensor that no architecture knows.
void write_model(const std::filesystem::path& path, const std::string& architecture,
                 const std::string& name);
// Metadata alone.
void write_vocabulary(const std::filesystem::path& path, const std::string& name);
void write_text(const std::filesystem::path& path, const std::string& text);

}  // namespace deepwell::tests
