#include "kernels/emulation/emulator.h"

#include <cmath>
#include <vector>

#include "tests/support/test_main.h"

namespace {

// A tree over the warp, then over the block's warps through shared memory.
GPU_KERNEL sum_kernel(const float* x, float* out, int count) {
    GPU_SHARED(float, partial, 8);
    float sum = 0;
    for (int i = gpu::thread(); i < count; i += gpu::block_size()) sum += x[i];
    for (int mask = 16; mask > 0; mask /= 2) sum += gpu::shuffle_xor(sum, mask);
    if (gpu::thread() % 32 == 0) partial[gpu::thread() / 32] = sum;
    gpu::sync();
    if (gpu::thread() == 0) {
        float all = 0;
        for (int w = 0; w < gpu::block_size() / 32; ++w) all += partial[w];
        out[gpu::block_x()] = all + static_cast<float>(gpu::block_y());
    }
}

GPU_KERNEL missing_barrier(float* out) {
    GPU_SHARED(float, value, 1);
    if (gpu::thread() == 255) value[0] = 1;
    if (gpu::thread() == 0) out[0] = value[0];
}

GPU_KERNEL half_a_warp_leaves(float* out) {
    if (gpu::thread() < 16) return;
    out[0] = gpu::shuffle_xor(1.0f, 1);
}

GPU_KERNEL two_barriers(float* out) {
    if (gpu::thread() < 32) {
        gpu::sync();
    } else {
        gpu::sync();
    }
    out[0] = 1;
}

GPU_KERNEL writes_past_the_end(float* out) {
    GPU_SHARED(float, values, 3);
    values[3] = 1;
    out[0] = values[3];
}

GPU_KERNEL asks_for_too_much(float* out) {
    GPU_SHARED(float, first, 8192);
    GPU_SHARED(float, second, 8192);
    out[0] = first[0] + second[0];
}

}  // namespace

class EmulatorTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() {
        gpu::emulation::set_order(0);
        gpu::emulation::take_fault();
    }

    void blocks_and_warps_sum_in_any_order() {
        std::vector<float> x(1000);
        double expected = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            x[i] = std::sin(static_cast<float>(i));
            expected += x[i];
        }
        for (const std::uint64_t seed : {0, 1, 2, 3}) {
            gpu::emulation::set_order(seed);
            std::vector<float> out(3, -1);
            QCOMPARE(gpu::launch(sum_kernel, {3, 2}, 256, nullptr, x.data(), out.data(), 1000), 0);
            for (const float value : out) QVERIFY(std::abs(value - 1 - expected) < 1e-4);
        }
    }

    void a_missing_barrier_gives_nan() {
        float out = 0;
        QCOMPARE(gpu::launch(missing_barrier, {1, 1}, 256, nullptr, &out), 0);
        QVERIFY(std::isnan(out));
    }

    void divergent_warps_are_reported_with_their_place() {
        float out = 0;
        QCOMPARE(gpu::launch(half_a_warp_leaves, {1, 1}, 32, nullptr, &out), 1);
        const std::string fault = gpu::emulation::take_fault();
        QVERIFY2(fault.find("16 of 32 threads at warp operation emulator_test.cpp:") !=
                     std::string::npos,
                 fault.c_str());
    }

    void different_barriers_are_reported() {
        float out = 0;
        QCOMPARE(gpu::launch(two_barriers, {1, 1}, 64, nullptr, &out), 1);
        QVERIFY(gpu::emulation::take_fault().find("different barriers") != std::string::npos);
    }

    void writing_past_a_shared_array_is_reported() {
        float out = 0;
        QCOMPARE(gpu::launch(writes_past_the_end, {1, 1}, 32, nullptr, &out), 1);
        QVERIFY(gpu::emulation::take_fault().find("past its end") != std::string::npos);
    }

    void what_no_card_takes_is_reported() {
        float out = 0;
        float x = 2;
        for (const gpu::Grid grid : {gpu::Grid{0, 1}, gpu::Grid{1, 0}, gpu::Grid{1, 65536}}) {
            QCOMPARE(gpu::launch(sum_kernel, grid, 32, nullptr, &x, &out, 1), 1);
            QVERIFY(gpu::emulation::take_fault().find("no card") != std::string::npos);
        }
        QCOMPARE(gpu::launch(asks_for_too_much, {1, 1}, 32, nullptr, &out), 1);
        QVERIFY(gpu::emulation::take_fault().find("48 kB") != std::string::npos);
    }

    void after_a_fault_the_next_launch_is_clean() {
        float out = 0;
        gpu::launch(half_a_warp_leaves, {1, 1}, 32, nullptr, &out);
        gpu::emulation::take_fault();
        float x = 2;
        QCOMPARE(gpu::launch(sum_kernel, {1, 1}, 32, nullptr, &x, &out, 1), 0);
        QCOMPARE(out, 2.0f);
    }
};

DEEPWELL_TEST(EmulatorTest)
#include "emulator_test.moc"
