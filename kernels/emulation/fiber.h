// Fibers: stacks that are switched by hand. One OS thread; whoever runs says who is next.
#pragma once

#include <cstddef>
#include <memory>

namespace gpu::emulation {

// A stack that runs `entry(argument)` piece by piece. Not copied, not moved: the stack holds its
// address. A fiber that has ended may be started again.
class Fiber {
public:
    using Entry = void (*)(void* argument);

    Fiber();
    ~Fiber();
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    // Makes it ready to run `entry` from the start; a half-run former entry is dropped.
    void start(Entry entry, void* argument);

    // From outside: runs until the fiber waits or ends. From the fiber: back to who resumed it.
    void resume();
    void wait();

    bool ended() const { return ended_; }

private:
    friend void fiber_main(Fiber* fiber);
    struct Context;

    std::unique_ptr<Context> context_;
    Entry entry_ = nullptr;
    void* argument_ = nullptr;
    bool ended_ = true;
};

}  // namespace gpu::emulation
