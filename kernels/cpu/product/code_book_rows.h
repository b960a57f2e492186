// The IQ formats' rows taken apart (row_unpack.h): eight weights at a time through tables of 64
// bits.
#pragma once

#include "kernels/cpu/product/row_unpack.h"

namespace deepwell::kernels::cpu {

void unpack_iq1_s(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq1_m(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq2_xxs(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq2_xs(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq2_s(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq3_xxs(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);
void unpack_iq3_s(const std::uint8_t* bytes, std::int32_t blocks, RowUnit& unit);

}  // namespace deepwell::kernels::cpu
