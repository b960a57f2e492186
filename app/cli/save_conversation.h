// Puts a conversation of the terminal into the profile, where the window finds it.
#pragma once

#include "app/base/paths.h"
#include "app/base/result.h"
#include "app/conversations/conversation.h"

namespace deepwell::app::cli {

// Takes the profile's lock for the moment. A conversation that was saved before (the same id) is
// saved anew as it is now. Errors: Locked (the window is open), ReadOnly, NoRoom, …
Result<void> save_conversation(const Profile& profile, const Conversation& conversation);

}  // namespace deepwell::app::cli
