#include "kernels/emulation/fiber.h"

#include <cstdint>
#include <cstdlib>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define DEEPWELL_FIBER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DEEPWELL_FIBER_ASAN 1
#endif
#endif
#ifdef DEEPWELL_FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace gpu::emulation {
namespace {

constexpr std::size_t kStackBytes = 64 * 1024;

}  // namespace

#if defined(__x86_64__)

// Saves the callee-saved registers on the running stack, leaves the stack pointer in *from and goes
// on where `to` was left.
extern "C" void deepwell_switch_stack(void** from, void* to);
asm(R"(
    .text
    .globl deepwell_switch_stack
    .hidden deepwell_switch_stack
    .type deepwell_switch_stack, @function
deepwell_switch_stack:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size deepwell_switch_stack, .-deepwell_switch_stack
)");

#endif

struct Fiber::Context {
    std::unique_ptr<std::byte[]> stack{new std::byte[kStackBytes]};
#if defined(__x86_64__)
    void* inside = nullptr;
    void* outside = nullptr;
#else
    ucontext_t inside{};
    ucontext_t outside{};
#endif
    void* fake_stack = nullptr;
    const void* outside_stack = nullptr;
    std::size_t outside_bytes = 0;

    void enter() {
#ifdef DEEPWELL_FIBER_ASAN
        void* mine = nullptr;
        __sanitizer_start_switch_fiber(&mine, stack.get(), kStackBytes);
#endif
#if defined(__x86_64__)
        deepwell_switch_stack(&outside, inside);
#else
        swapcontext(&outside, &inside);
#endif
#ifdef DEEPWELL_FIBER_ASAN
        __sanitizer_finish_switch_fiber(mine, nullptr, nullptr);
#endif
    }

    void leave([[maybe_unused]] bool for_good) {
#ifdef DEEPWELL_FIBER_ASAN
        __sanitizer_start_switch_fiber(for_good ? nullptr : &fake_stack, outside_stack,
                                       outside_bytes);
#endif
#if defined(__x86_64__)
        deepwell_switch_stack(&inside, outside);
#else
        swapcontext(&inside, &outside);
#endif
        arrived();
    }

    void arrived() {
#ifdef DEEPWELL_FIBER_ASAN
        __sanitizer_finish_switch_fiber(fake_stack, &outside_stack, &outside_bytes);
#endif
    }
};

namespace {

// The fiber that is being entered for the first time: its main finds it here.
thread_local Fiber* entering = nullptr;

}  // namespace

void fiber_main(Fiber* fiber) {
    fiber->context_->fake_stack = nullptr;
    fiber->context_->arrived();
    fiber->entry_(fiber->argument_);
    fiber->ended_ = true;
    fiber->context_->leave(true);
    std::abort();
}

namespace {

void fiber_begin() {
    fiber_main(entering);
}

}  // namespace

Fiber::Fiber() : context_(std::make_unique<Context>()) {}
Fiber::~Fiber() = default;

void Fiber::start(Entry entry, void* argument) {
    entry_ = entry;
    argument_ = argument;
    ended_ = false;
    Context& context = *context_;
#ifdef DEEPWELL_FIBER_ASAN
    __asan_unpoison_memory_region(context.stack.get(), kStackBytes);
#endif
#if defined(__x86_64__)
    auto top = reinterpret_cast<std::uintptr_t>(context.stack.get()) + kStackBytes;
    top &= ~std::uintptr_t{15};
    // As if fiber_begin had been called: at its first instruction rsp is 8 modulo 16.
    auto* slot = reinterpret_cast<void**>(top) - 1;
    *slot = nullptr;
    *--slot = reinterpret_cast<void*>(&fiber_begin);
    for (int i = 0; i < 6; ++i) *--slot = nullptr;
    context.inside = slot;
#else
    getcontext(&context.inside);
    context.inside.uc_stack.ss_sp = context.stack.get();
    context.inside.uc_stack.ss_size = kStackBytes;
    context.inside.uc_link = nullptr;
    makecontext(&context.inside, &fiber_begin, 0);
#endif
}

void Fiber::resume() {
    entering = this;
    context_->enter();
}

void Fiber::wait() {
    context_->leave(false);
}

}  // namespace gpu::emulation
