#include "query/functions/arithmetic.h"

#include <cmath>
#include <limits>
#include <string>

#include "query/functions/duration.h"
#include "query/functions/function.h"
#include "query/functions/text.h"
#include "query/refused.h"

namespace khom::query::functions {
namespace {

using graph::List;
using graph::RefusalCode;
using graph::Value;
using graph::ValueKind;

double real(const Value& value) {
    return value.is(ValueKind::integer) ? static_cast<double>(value.integer()) : value.floating();
}

bool integers(const Value& left, const Value& right) {
    return left.is(ValueKind::integer) && right.is(ValueKind::integer);
}

bool numbers(const Value& left, const Value& right) {
    return left.is_number() && right.is_number();
}

[[noreturn]] void overflow() {
    reject(RefusalCode::arithmetic_error, "IntegerOverflow",
           "The result does not fit a 64-bit integer.");
}

[[noreturn]] void division_by_zero() {
    reject(RefusalCode::arithmetic_error, "DivisionByZero",
           "An integer cannot be divided by zero.");
}

[[noreturn]] void mismatch(const char* verb, const Value& left, const Value& right) {
    reject(
        RefusalCode::type_error, "InvalidArgumentType",
        std::string("Cannot ") + verb + " " + words_for(left) + " and " + words_for(right) + ".");
}

Value concatenated(const Value& left, const Value& right) {
    List list;
    const auto append = [&list](const Value& value) {
        if (value.is(ValueKind::list)) {
            list.insert(list.end(), value.list().begin(), value.list().end());
        } else {
            list.push_back(value);
        }
    };
    append(left);
    append(right);
    return list;
}

std::string text_of(const Value& value) {
    if (value.is(ValueKind::string)) return std::string(value.string());
    return value.is(ValueKind::integer) ? std::to_string(value.integer())
                                        : floating_text(value.floating());
}

bool concatenable(const Value& value) {
    return value.is(ValueKind::string) || value.is_number();
}

Value moved(const Value& moment, const graph::Duration& by) {
    return value_of(plus(moment_of(moment), by), moment.kind());
}

}  // namespace

Value add(const Value& left, const Value& right) {
    if (left.is(ValueKind::list) || right.is(ValueKind::list)) {
        if (left.is_null() || right.is_null()) return {};
        return concatenated(left, right);
    }
    if (left.is_null() || right.is_null()) return {};
    if (integers(left, right)) {
        std::int64_t result = 0;
        if (__builtin_add_overflow(left.integer(), right.integer(), &result)) overflow();
        return result;
    }
    if (numbers(left, right)) return real(left) + real(right);
    if ((left.is(ValueKind::string) && concatenable(right)) ||
        (right.is(ValueKind::string) && concatenable(left))) {
        return text_of(left) + text_of(right);
    }
    if (left.is(ValueKind::duration) && right.is(ValueKind::duration))
        return sum(left.duration(), right.duration());
    if (is_moment(left) && right.is(ValueKind::duration)) return moved(left, right.duration());
    if (left.is(ValueKind::duration) && is_moment(right)) return moved(right, left.duration());
    mismatch("add", left, right);
}

Value subtract(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return {};
    if (integers(left, right)) {
        std::int64_t result = 0;
        if (__builtin_sub_overflow(left.integer(), right.integer(), &result)) overflow();
        return result;
    }
    if (numbers(left, right)) return real(left) - real(right);
    if (right.is(ValueKind::duration)) {
        const auto backwards = negated(right.duration());
        if (left.is(ValueKind::duration)) return sum(left.duration(), backwards);
        if (is_moment(left)) return moved(left, backwards);
    }
    mismatch("subtract", left, right);
}

Value multiply(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return {};
    if (integers(left, right)) {
        std::int64_t result = 0;
        if (__builtin_mul_overflow(left.integer(), right.integer(), &result)) overflow();
        return result;
    }
    if (numbers(left, right)) return real(left) * real(right);
    if (left.is(ValueKind::duration) && right.is_number())
        return scaled(left.duration(), real(right));
    if (right.is(ValueKind::duration) && left.is_number())
        return scaled(right.duration(), real(left));
    mismatch("multiply", left, right);
}

Value divide(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return {};
    if (integers(left, right)) {
        if (right.integer() == 0) division_by_zero();
        if (right.integer() == -1) return negate(left);
        return left.integer() / right.integer();
    }
    if (numbers(left, right)) return real(left) / real(right);
    if (left.is(ValueKind::duration) && right.is_number()) {
        if (real(right) == 0) division_by_zero();
        return scaled(left.duration(), 1.0L / real(right));
    }
    mismatch("divide", left, right);
}

Value modulo(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return {};
    if (integers(left, right)) {
        if (right.integer() == 0) division_by_zero();
        return right.integer() == -1 ? std::int64_t{0} : left.integer() % right.integer();
    }
    if (numbers(left, right)) return std::fmod(real(left), real(right));
    mismatch("take the remainder of", left, right);
}

Value power(const Value& left, const Value& right) {
    if (left.is_null() || right.is_null()) return {};
    if (!numbers(left, right)) mismatch("raise to a power", left, right);
    return std::pow(real(left), real(right));
}

Value negate(const Value& value) {
    if (value.is_null()) return {};
    if (value.is(ValueKind::integer)) {
        if (value.integer() == std::numeric_limits<std::int64_t>::min()) overflow();
        return -value.integer();
    }
    if (value.is(ValueKind::floating)) return -value.floating();
    if (value.is(ValueKind::duration)) return negated(value.duration());
    reject(RefusalCode::type_error, "InvalidArgumentType",
           "Cannot negate " + words_for(value) + ".");
}

}  // namespace khom::query::functions
