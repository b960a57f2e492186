// Every sampler against sampler_vectors.json: float64 results of an independent program, checked
// against llama.cpp's library. The core of the file lies in tests/data, the whole beside the tree.
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/sampling/chain.h"
#include "engine/sampling/random.h"
#include "engine/sampling/samplers.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::engine;
using Json = nlohmann::json;

namespace {

double number(const Json& value) {
    if (value.is_number()) return value.get<double>();
    if (value == "-inf") return -std::numeric_limits<double>::infinity();
    return std::numeric_limits<double>::quiet_NaN();
}

SamplerSettings settings_of(const Json& parameters) {
    SamplerSettings settings;
    settings.top_p = 1;
    settings.temperature = 1;
    const auto take = [&](const char* key, auto& target) {
        if (parameters.contains(key)) target = parameters[key];
    };
    take("temperature", settings.temperature);
    take("dynatemp_range", settings.dynatemp_range);
    take("dynatemp_exponent", settings.dynatemp_exponent);
    take("top_k", settings.top_k);
    take("top_p", settings.top_p);
    take("min_p", settings.min_p);
    take("typical_p", settings.typical_p);
    take("top_n_sigma", settings.top_n_sigma);
    take("xtc_probability", settings.xtc_probability);
    take("xtc_threshold", settings.xtc_threshold);
    take("repeat_penalty", settings.repeat_penalty);
    take("frequency_penalty", settings.frequency_penalty);
    take("presence_penalty", settings.presence_penalty);
    take("penalty_window", settings.penalty_window);
    take("dry_multiplier", settings.dry_multiplier);
    take("dry_base", settings.dry_base);
    take("dry_allowed_length", settings.dry_allowed_length);
    take("dry_window", settings.dry_window);
    take("dry_breakers", settings.dry_breakers);
    take("min_keep", settings.min_keep);
    const Json bias = parameters.value("logit_bias", Json::object());
    for (const auto& [id, value] : bias.items()) {
        settings.logit_bias.emplace_back(std::stoi(id), number(value));
    }
    return settings;
}

void apply(const std::string& name, Candidates& candidates, const SamplerSettings& settings,
           const std::vector<TokenId>& history, double xtc_uniform) {
    if (name == "logit_bias") return samplers::logit_bias(candidates, settings);
    if (name == "penalties") return samplers::penalties(candidates, settings, history, {});
    if (name == "dry") return samplers::dry(candidates, settings, history, {});
    if (name == "temperature") return samplers::temperature(candidates, settings);
    if (name == "top_k") return samplers::top_k(candidates, settings);
    if (name == "top_n_sigma") return samplers::top_n_sigma(candidates, settings);
    if (name == "typical") return samplers::typical(candidates, settings);
    if (name == "top_p") return samplers::top_p(candidates, settings);
    if (name == "min_p") return samplers::min_p(candidates, settings);
    if (name == "xtc") return samplers::xtc(candidates, settings, xtc_uniform);
    QFAIL(("unknown sampler " + name).c_str());
}

void compare(Candidates& candidates, const Json& expected, const std::string& name) {
    candidates.rank(candidates.size());
    std::vector<double> probabilities;
    candidates.softmax(probabilities);
    const auto ids = expected["ids"].get<std::vector<TokenId>>();
    QVERIFY2(candidates.size() == ids.size(), name.c_str());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        QVERIFY2(candidates[i].id == ids[i], name.c_str());
        const double wanted = expected["probabilities"][i];
        QVERIFY2(std::abs(probabilities[i] - wanted) < 1e-9, name.c_str());
    }
}

std::vector<float> single_precision(const Json& logits) {
    std::vector<float> result;
    for (const Json& logit : logits) result.push_back(static_cast<float>(number(logit)));
    return result;
}

Candidates candidates_of(const Json& logits) {
    // The vectors are double, the model's logits are not: take them as they are, but by the same
    // rule for what is no number.
    std::vector<Candidate> items;
    for (std::size_t id = 0; id < logits.size(); ++id) {
        const double logit = number(logits[id]);
        if (std::isfinite(logit)) items.push_back({static_cast<TokenId>(id), logit});
    }
    Candidates candidates;
    candidates.assign(std::move(items));
    return candidates;
}

}  // namespace

class SamplerVectorsTest : public QObject {
    Q_OBJECT
private:
    Json vectors_;

private slots:
    void initTestCase() {
        const auto shared = deepwell::tests::shared_dir();
        const auto path = shared.empty() ? deepwell::tests::data_dir() / "sampling/vectors.json"
                                         : shared / "facts/sampler_vectors.json";
        std::ifstream file(path);
        vectors_ = Json::parse(file, nullptr, false);
        QVERIFY2(!vectors_.is_discarded(), path.c_str());
    }

    void samplers_leave_what_the_vectors_say() {
        for (const Json& item : vectors_["cases"]) {
            const SamplerSettings settings = settings_of(item["parameters"]);
            Candidates candidates = candidates_of(item["logits"]);
            const auto history = item.value("history", std::vector<TokenId>());
            for (const std::string sampler : item["order"]) {
                apply(sampler, candidates, settings, history, item.value("xtc_uniform", 0.0));
            }
            compare(candidates, item["expected"], item["name"]);
        }
    }

    void a_chain_runs_both_orders() {
        int count = 0;
        for (const Json& item : vectors_["cases"]) {
            if (item["order"].size() < 9) continue;
            SamplerSettings settings = settings_of(item["parameters"]);
            if (settings.xtc_probability > 0) continue;  // its random number is the chain's own
            settings.order = item["order"][3] == "temperature" ? SamplerOrder::TemperatureFirst
                                                               : SamplerOrder::TemperatureLast;
            const Chain chain(settings);
            Candidates candidates = candidates_of(item["logits"]);
            chain.apply(candidates, item.value("history", std::vector<TokenId>()), 0);
            compare(candidates, item["expected"], item["name"]);
            ++count;
        }
        QVERIFY(count >= 2);
    }

    void draws() {
        for (const Json& item : vectors_["draws"]) {
            const auto probabilities = item["probabilities"].get<std::vector<double>>();
            const std::size_t expected = item["expected_index"];
            QCOMPARE(samplers::draw_index(probabilities, item["uniform"]), expected);
            std::vector<Candidate> items;
            for (std::size_t i = 0; i < probabilities.size(); ++i) {
                items.push_back({static_cast<TokenId>(i), std::log(probabilities[i])});
            }
            Candidates candidates;
            candidates.assign(std::move(items));
            // The logarithm and back may move a border by one bit, so keep off the exact sums.
            const double uniform = item["uniform"];
            QCOMPARE(samplers::draw(candidates, uniform == 0 ? 0 : uniform + 1e-12).index,
                     expected);
        }
    }

    void mirostat_steps() {
        for (const Json& item : vectors_["mirostat_v2"]) {
            SamplerSettings settings;
            settings.temperature = item["temperature"];
            settings.mirostat_tau = item["tau"];
            settings.mirostat_eta = item["eta"];
            Candidates candidates = candidates_of(item["logits"]);
            samplers::temperature(candidates, settings);
            double mu = item["mu"];
            const auto drawn = samplers::mirostat(candidates, settings, mu, item["uniform"]);
            const TokenId chosen = item["expected"]["chosen"];
            QCOMPARE(candidates[drawn.index].id, chosen);
            QVERIFY(std::abs(mu - item["expected"]["mu"].get<double>()) < 1e-9);
            compare(candidates, item["expected"], item["name"]);
        }
    }

    void philox_blocks() {
        for (const Json& item : vectors_["philox4x32_10"]) {
            const auto words = philox4x32_10(item["counter"], item["key"]);
            QCOMPARE(words, (item["words"].get<std::array<std::uint32_t, 4>>()));
            QCOMPARE(words[0] / 4294967296.0, item["uniform"].get<double>());
        }
    }

    void invalid_logits_are_counted() {
        for (const Json& item : vectors_["cases"]) {
            const std::string name = item["name"];
            if (name.find("NaN") == std::string::npos) continue;
            Chain chain(SamplerSettings{});
            const auto choice = chain.sample(single_precision(item["logits"]), {}, 0);
            QVERIFY(choice.has_value());
            QCOMPARE(choice->invalid_logits, std::size_t(1));
        }
    }
};

DEEPWELL_TEST(SamplerVectorsTest)
#include "sampler_vectors_test.moc"
