#include "app/generation/recording.h"

#include <QtCore/QByteArray>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

namespace deepwell::app {
namespace {

using engine::ErrorCode;
using Json = nlohmann::json;

auto wrong(const std::string& place, const std::string& what) {
    return engine::fail(ErrorCode::InvalidArgument, "This is not a recording: " + what, place);
}

engine::Result<RecordedPiece> read_piece(const Json& json, const std::string& place) {
    if (!json.is_object()) return wrong(place, "a piece must be an object.");
    RecordedPiece piece;
    const auto text = json.find("text");
    const auto base64 = json.find("base64");
    if (text != json.end() && text->is_string()) {
        piece.bytes = text->get<std::string>();
    } else if (base64 != json.end() && base64->is_string()) {
        const auto decoded =
            QByteArray::fromBase64Encoding(QByteArray::fromStdString(base64->get<std::string>()),
                                           QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded) return wrong(place, "\"base64\" does not hold base64.");
        piece.bytes = decoded.decoded.toStdString();
    } else {
        return wrong(place, "a piece needs \"text\" or \"base64\".");
    }
    if (const auto delay = json.find("delay_ms"); delay != json.end()) {
        if (!delay->is_number() || delay->get<double>() < 0) {
            return wrong(place, "\"delay_ms\" must be a number from 0 up.");
        }
        piece.delay_ms = delay->get<double>();
    }
    return piece;
}

std::optional<RecordedReply::Finish> finish_of(const std::string& name) {
    using Finish = RecordedReply::Finish;
    if (name == "stop") return Finish::Stop;
    if (name == "length") return Finish::Length;
    if (name == "cancelled") return Finish::Cancelled;
    if (name == "error") return Finish::Error;
    if (name == "hang") return Finish::Hang;
    return std::nullopt;
}

std::optional<ErrorCode> error_code_of(const std::string& name) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        if (engine::error_code_name(static_cast<ErrorCode>(code)) == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    return std::nullopt;
}

engine::Result<RecordedReply> read_reply(const Json& json, const std::string& place) {
    if (!json.is_object()) return wrong(place, "a reply must be an object.");
    RecordedReply reply;
    if (const auto opened = json.find("opened_by_template"); opened != json.end()) {
        if (!opened->is_boolean()) return wrong(place, "\"opened_by_template\" is true or false.");
        reply.opened_by_template = opened->get<bool>();
    }
    if (const auto finish = json.find("finish"); finish != json.end()) {
        const auto known = finish->is_string() ? finish_of(finish->get<std::string>())
                                               : std::optional<RecordedReply::Finish>();
        if (!known)
            return wrong(place, R"("finish" is "stop", "length", "cancelled", "error" or "hang".)");
        reply.finish = *known;
    }
    if (const auto error = json.find("error"); error != json.end()) {
        const auto known = error->is_string() ? error_code_of(error->get<std::string>())
                                              : std::optional<ErrorCode>();
        if (!known) return wrong(place, "\"error\" is not the name of an error.");
        reply.error = *known;
    }
    const auto pieces = json.find("pieces");
    if (pieces == json.end() || !pieces->is_array()) {
        return wrong(place, "a reply needs the list \"pieces\".");
    }
    for (std::size_t i = 0; i < pieces->size(); ++i) {
        auto piece = read_piece((*pieces)[i], place + ", piece " + std::to_string(i + 1));
        if (!piece) return engine::fail(piece.error());
        reply.pieces.push_back(std::move(*piece));
    }
    return reply;
}

}  // namespace

engine::Result<Recording> parse_recording(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return wrong("", "it does not hold JSON.");
    const auto replies = json.is_object() ? json.find("replies") : json.end();
    if (!json.is_object() || replies == json.end() || !replies->is_array() || replies->empty()) {
        return wrong("", "it needs a list \"replies\" with at least one reply.");
    }
    Recording recording;
    for (std::size_t i = 0; i < replies->size(); ++i) {
        auto reply = read_reply((*replies)[i], "reply " + std::to_string(i + 1));
        if (!reply) return engine::fail(reply.error());
        recording.replies.push_back(std::move(*reply));
    }
    return recording;
}

engine::Result<Recording> read_recording(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        return engine::fail(ErrorCode::FileNotFound, "There is no such recording.", file.string());
    }
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream.is_open() || stream.bad()) {
        return engine::fail(ErrorCode::FileNotReadable, "The recording cannot be read.",
                            file.string());
    }
    auto recording = parse_recording(text);
    if (!recording) {
        engine::Error with_file = recording.error();
        with_file.context =
            file.string() + (with_file.context.empty() ? "" : ", " + with_file.context);
        return engine::fail(std::move(with_file));
    }
    return recording;
}

}  // namespace deepwell::app
