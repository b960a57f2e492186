#include "app/cli/json_texts.h"

#include <QByteArray>

#include "app/cli/shell.h"
#include "engine/base/utf8.h"

namespace deepwell::app::cli {

engine::Result<std::string> text_of(const nlohmann::ordered_json& item) {
    if (item.is_string()) return item.get<std::string>();
    if (item.is_object() && item.contains("base64") && item["base64"].is_string()) {
        const auto encoded = QByteArray::fromStdString(item["base64"].get<std::string>());
        const auto decoded =
            QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
        if (decoded.decodingStatus == QByteArray::Base64DecodingStatus::Ok) {
            return decoded.decoded.toStdString();
        }
    }
    return engine::fail(
        engine::ErrorCode::InvalidArgument, "Each text must be a string or {\"base64\": \"…\"}.",
        item.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

nlohmann::ordered_json json_of(const std::string& bytes) {
    if (engine::is_valid_utf8(bytes)) return bytes;
    return nlohmann::ordered_json{
        {"base64", QByteArray::fromStdString(bytes).toBase64().toStdString()}};
}

engine::Result<nlohmann::ordered_json> read_json(const std::string& path) {
    auto text = read_input(path);
    if (!text) return engine::fail(text.error());
    try {
        return nlohmann::ordered_json::parse(*text);
    } catch (const nlohmann::json::exception& error) {
        return engine::fail(engine::ErrorCode::InvalidArgument, "The file is not JSON: " + path,
                            error.what());
    }
}

}  // namespace deepwell::app::cli
