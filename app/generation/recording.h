// Recorded replies for the player, as a JSON file:
//
//   {"replies": [{"opened_by_template": true,
//                 "pieces": [{"text": "…", "delay_ms": 16}, {"base64": "…"}],
//                 "finish": "stop"}]}
//
// A piece counts as a token. base64 holds bytes that need not be whole characters. finish: "stop"
// (the model ended; the default), "length" (a limit), "cancelled" (as if stopped), "error" (the
// engine failed, with the code in "error", default "device-lost"; for trying banners), "hang"
// (nothing more comes until somebody stops). The replies
// are asked in turn, the last one again and again.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace deepwell::app {

struct RecordedPiece {
    std::string bytes;
    double delay_ms = 0;  // before the piece
};

struct RecordedReply {
    enum class Finish { Stop, Length, Cancelled, Error, Hang };
    bool opened_by_template = false;
    std::vector<RecordedPiece> pieces;
    Finish finish = Finish::Stop;
    engine::ErrorCode error = engine::ErrorCode::DeviceLost;  // of Finish::Error
};

struct Recording {
    std::vector<RecordedReply> replies;
};

// Errors: FileNotFound, FileNotReadable; InvalidArgument with the place for what is no recording.
engine::Result<Recording> read_recording(const std::filesystem::path& file);
engine::Result<Recording> parse_recording(std::string_view json);

}  // namespace deepwell::app
