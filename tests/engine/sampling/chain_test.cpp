#include "engine/sampling/chain.h"

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "engine/sampling/random.h"
#include "engine/sampling/samplers.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;

namespace {

std::vector<float> some_logits(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, 3);
    std::vector<float> logits(count);
    for (float& logit : logits) logit = normal(random);
    // Ties, as half-precision outputs have them.
    for (std::size_t i = 0; i + 7 < count; i += 7) logits[i + 5] = logits[i];
    return logits;
}

// The chain as its definition says it: everything sorted, every probability computed.
TokenId slow_choice(const std::vector<float>& logits, const SamplerSettings& settings,
                    std::uint64_t step) {
    std::vector<std::pair<double, TokenId>> all;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        all.emplace_back(logits[id], static_cast<TokenId>(id));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    const double top = all.front().first;
    for (auto& entry : all) entry.first = (entry.first - top) / settings.temperature;
    if (settings.top_k > 0) all.resize(std::min<std::size_t>(all.size(), settings.top_k));
    const auto probabilities = [&all] {
        std::vector<double> p;
        double sum = 0;
        for (const auto& entry : all) p.push_back(std::exp(entry.first - all.front().first));
        for (const double value : p) sum += value;
        for (double& value : p) value /= sum;
        return p;
    };
    if (settings.top_p < 1) {
        const auto p = probabilities();
        double sum = 0;
        std::size_t count = 0;
        while (count < p.size()) {
            sum += p[count++];
            if (sum >= settings.top_p) break;
        }
        all.resize(count);
    }
    if (settings.min_p > 0) {
        const auto p = probabilities();
        std::size_t count = 0;
        while (count < p.size() && p[count] >= settings.min_p * p[0]) ++count;
        all.resize(count);
    }
    const auto p = probabilities();
    return all[samplers::draw_index(p, uniform(settings.seed, step, RandomPurpose::Draw))].second;
}

}  // namespace

class ChainTest : public QObject {
    Q_OBJECT
private slots:
    void the_quick_ways_give_the_full_result() {
        for (unsigned round = 0; round < 60; ++round) {
            const auto logits = some_logits(3000 + round * 50, round);
            SamplerSettings settings;
            settings.temperature = 0.3 + round % 5 * 0.4;
            settings.top_p = round % 3 == 0 ? 1 : 0.5 + round % 4 * 0.15;
            settings.min_p = round % 4 == 0 ? 0.01 : 0;
            settings.top_k = round % 5 == 0 ? 40 : 0;
            settings.seed = round;
            Chain chain(settings);
            for (std::uint64_t step = 0; step < 5; ++step) {
                const auto choice = chain.sample(logits, {}, step);
                QVERIFY(choice.has_value());
                QCOMPARE(choice->token, slow_choice(logits, settings, step));
            }
        }
    }

    void top_k_off_gives_ten_texts_for_ten_seeds() {  // case G1
        std::set<std::vector<TokenId>> texts;
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            SamplerSettings settings;
            settings.top_k = 0;
            settings.min_p = 0.02;
            settings.temperature = 1.19;
            settings.top_p = 1;
            settings.seed = seed;
            Chain chain(settings);
            std::vector<TokenId> text;
            for (std::uint64_t step = 0; step < 20; ++step) {
                text.push_back(chain.sample(some_logits(500, unsigned(step)), text, step)->token);
            }
            texts.insert(text);
        }
        QCOMPARE(texts.size(), std::size_t(10));
    }

    void a_repeat_penalty_changes_the_logits_of_seen_tokens() {  // case G5
        SamplerSettings settings;
        settings.temperature = 0;
        settings.repeat_penalty = 1.3;
        Chain chain(settings);
        const std::vector<float> logits = {1.0f, 2.0f, 1.9f};
        const std::vector<TokenId> seen = {1};
        QCOMPARE(chain.sample(logits, {}, 0)->token, TokenId(1));
        QCOMPARE(chain.sample(logits, seen, 1)->token, TokenId(2));
    }

    void exempt_tokens_are_never_punished() {
        SamplerSettings settings;
        settings.temperature = 0;
        settings.repeat_penalty = 5;
        settings.frequency_penalty = 2;
        settings.dry_multiplier = 5;
        Chain chain(settings, {1});
        const std::vector<float> logits = {1.0f, 2.0f, 1.9f};
        const std::vector<TokenId> history = {0, 2, 1, 0, 2, 1, 0, 2, 1, 0, 2};
        QCOMPARE(chain.sample(logits, history, 0)->token, TokenId(1));
    }

    void greedy_uses_no_random_number_and_takes_the_lowest_of_equals() {  // case G6
        SamplerSettings settings;
        settings.temperature = 0;
        const std::vector<float> logits = {0.5f, 3.0f, 3.0f};
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            settings.seed = seed;
            Chain chain(settings);
            QCOMPARE(chain.sample(logits, {}, seed)->token, TokenId(1));
            QCOMPARE(chain.sample(logits, {}, seed)->probability, 1.0);
        }
    }

    void nothing_finite_is_an_error() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinity = std::numeric_limits<float>::infinity();
        Chain chain(SamplerSettings{});
        QCOMPARE(chain.sample(std::vector<float>{nan, -infinity}, {}, 0).error().code,
                 ErrorCode::InvalidNumbers);
        QCOMPARE(chain.sample(std::vector<float>{-infinity}, {}, 0).error().code,
                 ErrorCode::NoTokenAllowed);
        QCOMPARE(chain.sample(std::vector<float>{1, infinity, 3}, {}, 0)->token, TokenId(1));
        SamplerSettings banned;
        banned.logit_bias = {{0, -std::numeric_limits<double>::infinity()}};
        Chain none(banned);
        QCOMPARE(none.sample(std::vector<float>{1}, {}, 0).error().code, ErrorCode::NoTokenAllowed);
    }

    void values_out_of_range_are_clamped_and_told() {
        SamplerSettings settings;
        settings.temperature = 9;
        settings.top_p = -1;
        settings.repeat_penalty = std::numeric_limits<double>::quiet_NaN();
        settings.top_k = -5;
        const Chain chain(settings);
        QCOMPARE(chain.settings().temperature, 5.0);
        QCOMPARE(chain.settings().top_p, 0.0);
        QCOMPARE(chain.settings().repeat_penalty, 1.0);
        QCOMPARE(chain.settings().top_k, 0);
        QCOMPARE(chain.notes().size(), std::size_t(4));
        QVERIFY(Chain(SamplerSettings{}).notes().empty());
    }

    void names_of_the_orders() {
        SamplerOrder order{};
        QVERIFY(parse_sampler_order("temperature-last", order));
        QCOMPARE(order, SamplerOrder::TemperatureLast);
        QVERIFY(!parse_sampler_order("random", order));
    }
};

DEEPWELL_TEST(ChainTest)
#include "chain_test.moc"
