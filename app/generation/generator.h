// Who makes replies: requests in, events out. Behind it stand the inference thread (our engine),
// the player (recorded replies) and, later, engines elsewhere.
#pragma once

#include <functional>

#include "app/generation/event.h"
#include "app/generation/request.h"

namespace deepwell::app {

// Called on the generator's own thread; hands the value on and returns at once.
using EventSink = std::function<void(const ReplyId&, const Event&)>;

// All calls from any thread; none waits. Requests are served in the order in which they came. The
// destructor stops what runs and comes back when the thread has ended; every request that was
// submitted has had its Ended by then.
class Generator {
public:
    virtual ~Generator() = default;

    // Exactly one Ended follows for request.reply, whatever happens.
    virtual void submit(Request request) = 0;
    // Queued: taken out. Running: it ends within 200 ms, in loading, reading and writing alike.
    // An id that is unknown or has ended: nothing.
    virtual void stop(const ReplyId& reply) = 0;
    // Closes a running thought at the next sentence end or after 20 tokens; else nothing.
    virtual void answer_now(const ReplyId& reply) = 0;
    // Makes a variant ready before anybody asks; stop("") cancels it.
    virtual void load(VariantPlan variant) = 0;
    virtual void unload() = 0;
};

}  // namespace deepwell::app
