#include "app/generation/reply_settings.h"

#include "tests/support/test_main.h"

using namespace deepwell::app;

namespace {

ModelFile model_of(const char* name, const char* architecture = "qwen2") {
    ModelFile model;
    model.path = std::string("/models/") + name + ".gguf";
    model.name = name;
    model.architecture = architecture;
    return model;
}

ReplySettings resolve(const ConversationSettings& own, const Settings& settings,
                      const ModelFile& model) {
    return resolve_settings(own, {}, settings, model);
}

}  // namespace

class ReplySettingsTest : public QObject {
    Q_OBJECT
private slots:
    // Facts on chat, section 1: DeepSeek's and Qwen's own advice.
    void the_makers_advice_comes_up_by_itself() {
        const auto r1 = resolve({}, {}, model_of("DeepSeek R1 Distill Qwen 7B"));
        QCOMPARE(r1.sampler.temperature, 0.6);
        QCOMPARE(r1.sampler.top_p, 0.95);
        QCOMPARE(r1.sampler.repeat_penalty, 1.0);
        const auto qwen3 = resolve({}, {}, model_of("Qwen3 8B", "qwen3"));
        QCOMPARE(qwen3.sampler.top_k, 20);
        QCOMPARE(qwen3.sampler.temperature, 0.6);
        ConversationSettings plain;
        plain.thinking.emplace();
        plain.thinking->effort = Effort::Off;
        const auto off = resolve(plain, {}, model_of("Qwen3 8B", "qwen3"));
        QCOMPARE(off.sampler.temperature, 0.7);
        QCOMPARE(off.sampler.top_p, 0.8);
    }

    void the_file_itself_knows_better() {
        ModelFile starter = model_of("Deepwell Starter");
        starter.sampling.temperature = 0.0;
        starter.sampling.top_k = 1;
        const auto settings = resolve({}, {}, starter);
        QCOMPARE(settings.sampler.temperature, 0.0);
        QCOMPARE(settings.sampler.top_k, 1);
    }

    void the_first_layer_that_has_a_value_wins() {
        Settings settings;
        settings.generation.sampler = Json{{"temperature", 0.3}, {"top_p", 0.5}, {"min_p", 0.01}};
        settings.generation.thinking = Json{{"effort", "long"}};
        settings.generation.system_prompt = "all";
        settings.generation.per_model["m.gguf"] = Json{{"sampler", {{"top_p", 0.6}}},
                                                       {"thinking", {{"effort", "short"}}},
                                                       {"system_prompt", "model"},
                                                       {"context", 4096}};
        ConversationSettings own;
        own.sampler.emplace();
        own.sampler->temperature = 0.9;
        own.context = 2048;
        const auto result =
            resolve_settings(own, std::string("conversation"), settings, model_of("m"));
        QCOMPARE(result.sampler.temperature, 0.9);  // conversation
        QCOMPARE(result.sampler.top_p, 0.6);        // this model
        QCOMPARE(result.sampler.min_p, 0.01);       // all models
        QCOMPARE(result.thinking.effort, Effort::Short);
        QCOMPARE(*result.thinking.budget, 1024);
        QCOMPARE(result.system_prompt, std::string("conversation"));
        QCOMPARE(result.variant.context, 2048);
        const auto other = resolve_settings({}, {}, settings, model_of("other"));
        QCOMPARE(other.sampler.top_p, 0.5);
        QCOMPARE(*other.thinking.budget, 16384);
        QCOMPARE(other.system_prompt, std::string("all"));
    }

    void a_model_is_loaded_as_was_chosen_for_it() {
        Settings settings;
        settings.hardware.device = "auto";
        settings.generation.per_model["m.gguf"] =
            Json{{"cache", "q8_0"}, {"card_layers", 20}, {"device", "cpu"}};
        const auto mine = resolve({}, settings, model_of("m"));
        QVERIFY(mine.variant.cache == CacheType::Q8_0);
        QCOMPARE(mine.variant.card_layers, 20);
        QCOMPARE(mine.variant.device, std::string("cpu"));
        const auto other = resolve({}, settings, model_of("other"));
        QVERIFY(other.variant.cache == CacheType::F16);
        QCOMPARE(other.variant.card_layers, -1);
        QCOMPARE(other.variant.device, std::string("auto"));
        settings.generation.per_model["m.gguf"] = Json{{"cache", 8}, {"card_layers", "many"}};
        QVERIFY(resolve({}, settings, model_of("m")).variant.cache == CacheType::F16);
    }

    void a_seed_that_is_set_stays_the_same() {
        Settings settings;
        QVERIFY(!resolve({}, settings, model_of("m")).seed);
        settings.generation.sampler = Json{{"seed", 42}};
        QCOMPARE(*resolve({}, settings, model_of("m")).seed, std::uint64_t(42));
        settings.generation.sampler = Json{{"seed", -1}};
        QVERIFY(!resolve({}, settings, model_of("m")).seed);
    }

    void efforts_are_tokens() {
        QCOMPARE(*budget_of(Effort::Off), 0);
        QCOMPARE(*budget_of(Effort::Short), 1024);
        QCOMPARE(*budget_of(Effort::Medium), 4096);
        QCOMPARE(*budget_of(Effort::Long), 16384);
        QVERIFY(!budget_of(Effort::Unlimited));
    }

    // G5: what is in force stands in the reply, and comes back from it.
    void the_sampler_goes_into_the_reply_and_back() {
        deepwell::engine::SamplerSettings sampler;
        sampler.temperature = 1.19;
        sampler.top_k = 7;
        sampler.repeat_penalty = 1.3;
        sampler.frequency_penalty = 0.2;
        sampler.dry_multiplier = 0.8;
        sampler.xtc_probability = 0.5;
        sampler.order = deepwell::engine::SamplerOrder::TemperatureLast;
        deepwell::engine::SamplerSettings back;
        apply_sampler(sampler_values(sampler), back);
        QCOMPARE(back.temperature, 1.19);
        QCOMPARE(back.top_k, 7);
        QCOMPARE(back.repeat_penalty, 1.3);
        QCOMPARE(back.frequency_penalty, 0.2);
        QCOMPARE(back.dry_multiplier, 0.8);
        QCOMPARE(back.xtc_probability, 0.5);
        QVERIFY(back.order == sampler.order);
    }

    void values_out_of_range_are_brought_back() {
        Settings settings;
        settings.generation.sampler = Json{{"temperature", 900}, {"top_p", -3}};
        const auto result = resolve({}, settings, model_of("m"));
        QCOMPARE(result.sampler.temperature, 5.0);
        QVERIFY(result.sampler.top_p >= 0);
    }
};

DEEPWELL_TEST(ReplySettingsTest)
#include "reply_settings_test.moc"
