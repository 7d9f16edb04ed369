#pragma once

#include <span>
#include <string>
#include <string_view>

namespace khom::corpus {

/// Two lower-case hexadecimal digits for each byte.
std::string hexadecimal(std::span<const unsigned char> bytes);

/// SHA-256 of the bytes, in hexadecimal, 64 digits. Throws: graph::Fault if the library has none.
/// Source: FIPS 180-4, through OpenSSL.
std::string sha256(std::string_view bytes);

}  // namespace khom::corpus
