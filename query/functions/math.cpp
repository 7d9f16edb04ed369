#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <random>

#include "query/functions/function.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::Value;
using graph::ValueKind;
using semantics::number_types;
using semantics::Type;
using semantics::TypeKind;

constexpr Type floating_type{TypeKind::floating, 0};

double real(const Value& value) {
    if (value.is(ValueKind::integer)) return static_cast<double>(value.integer());
    if (!value.is(ValueKind::floating))
        wrong_argument("A mathematical function", "a number", value);
    return value.floating();
}

/// A function of one real number, lifted to values.
template <double (*Of)(double)>
Value of_real(const Environment&, Arguments arguments) {
    return Of(real(arguments[0]));
}

double cotangent(double x) {
    return 1 / std::tan(x);
}
double degrees(double x) {
    return x * 180 / std::numbers::pi;
}
double radians(double x) {
    return x * std::numbers::pi / 180;
}
double haversine(double x) {
    return (1 - std::cos(x)) / 2;
}

Value absolute(const Environment&, Arguments arguments) {
    if (!arguments[0].is(ValueKind::integer)) return std::abs(real(arguments[0]));
    const auto value = arguments[0].integer();
    if (value == std::numeric_limits<std::int64_t>::min()) {
        reject(graph::RefusalCode::arithmetic_error, "IntegerOverflow",
               "abs() of the smallest integer does not fit.");
    }
    return std::abs(value);
}

Value sign(const Environment&, Arguments arguments) {
    const auto value = real(arguments[0]);
    return std::int64_t{value > 0 ? 1 : value < 0 ? -1 : 0};
}

/// Half rounds up without a precision, as in Java's Math.round; away from zero with one.
Value round_to(const Environment&, Arguments arguments) {
    const auto value = real(arguments[0]);
    if (arguments.size() == 1) return std::floor(value + 0.5);
    const auto factor = std::pow(10.0, real(arguments[1]));
    const auto scaled = std::round(value * factor) / factor;
    return std::isfinite(scaled) ? scaled : value;
}

Value arc_tangent_2(const Environment&, Arguments arguments) {
    return std::atan2(real(arguments[0]), real(arguments[1]));
}
Value is_nan(const Environment&, Arguments arguments) {
    return std::isnan(real(arguments[0]));
}
Value pi(const Environment&, Arguments) {
    return std::numbers::pi;
}
Value e(const Environment&, Arguments) {
    return std::numbers::e;
}

Value random(const Environment&, Arguments) {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

constexpr Function function_table[] = {
    {"abs", 1, 1, {number_types}, {TypeKind::number, 0}, absolute},
    {"sign", 1, 1, {number_types}, {TypeKind::integer, 0}, sign},
    {"ceil", 1, 1, {number_types}, floating_type, of_real<std::ceil>},
    {"floor", 1, 1, {number_types}, floating_type, of_real<std::floor>},
    {"round", 1, 2, {number_types, number_types}, floating_type, round_to},
    {"sqrt", 1, 1, {number_types}, floating_type, of_real<std::sqrt>},
    {"exp", 1, 1, {number_types}, floating_type, of_real<std::exp>},
    {"log", 1, 1, {number_types}, floating_type, of_real<std::log>},
    {"log10", 1, 1, {number_types}, floating_type, of_real<std::log10>},
    {"sin", 1, 1, {number_types}, floating_type, of_real<std::sin>},
    {"cos", 1, 1, {number_types}, floating_type, of_real<std::cos>},
    {"tan", 1, 1, {number_types}, floating_type, of_real<std::tan>},
    {"cot", 1, 1, {number_types}, floating_type, of_real<cotangent>},
    {"asin", 1, 1, {number_types}, floating_type, of_real<std::asin>},
    {"acos", 1, 1, {number_types}, floating_type, of_real<std::acos>},
    {"atan", 1, 1, {number_types}, floating_type, of_real<std::atan>},
    {"atan2", 2, 2, {number_types, number_types}, floating_type, arc_tangent_2},
    {"degrees", 1, 1, {number_types}, floating_type, of_real<degrees>},
    {"radians", 1, 1, {number_types}, floating_type, of_real<radians>},
    {"haversin", 1, 1, {number_types}, floating_type, of_real<haversine>},
    {"isnan", 1, 1, {number_types}, {TypeKind::boolean, 0}, is_nan},
    {"pi", 0, 0, {}, floating_type, pi},
    {"e", 0, 0, {}, floating_type, e},
    {"rand", 0, 0, {}, floating_type, random, true, false},
};

}  // namespace

std::span<const Function> math_functions() {
    return function_table;
}

}  // namespace khom::query::functions
