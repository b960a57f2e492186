// Where rope's variants end: plain, linear, YaRN and rope_freqs become frequencies and a magnitude.
#pragma once

#include "engine/models/model_description.h"

namespace deepwell::engine {

// The frequencies of d = rope_width values of a head, `description.scaling` and
// `description.rope_factors` applied. The magnitude is YaRN's, (1 + 0.1 ln F) * attn_factor, except
// for deepseek2, where it is 1 and stands in the score's scale instead (latent_score_scale).
Rotation make_rotation(const ModelDescription& description, Rotation::Pairing pairing);

// deepseek2: M^2 / sqrt(K) with M = 1 + yarn_log_multiplier * ln F under YaRN, else 1.
double latent_score_scale(const ModelDescription& description, int head_width);

}  // namespace deepwell::engine
