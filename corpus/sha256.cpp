#include "corpus/sha256.h"

#include <array>

#include <openssl/evp.h>

#include "graph/failure.h"

namespace khom::corpus {

std::string hexadecimal(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte / 16U];
        text += digits[byte % 16U];
    }
    return text;
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) !=
        1) {
        throw graph::Fault("SHA-256 is not available");
    }
    return hexadecimal({digest.data(), length});
}

}  // namespace khom::corpus
