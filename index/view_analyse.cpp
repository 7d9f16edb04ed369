#include "index/canonical.h"
#include "index/segmenter.h"
#include "index/view.h"

namespace khom::index {

namespace {

const char* script_of(std::string_view token) {
    const auto lead = static_cast<unsigned char>(token.front());
    const bool digit = lead >= '0' && lead <= '9';
    const bool thai = token.size() >= 3 && token.substr(0, 1) == "\xE0" &&
                      static_cast<unsigned char>(token[1]) >= 0xB8 &&
                      static_cast<unsigned char>(token[1]) <= 0xB9;
    return digit ? "Common" : lead < 0x80 ? "Latin" : thai ? "Thai" : "Common";
}

}  // namespace

Analysis PublishedView::analyse(std::string_view text) const {
    const auto plain = canonical(text);
    const auto names = gazetteer_->mentions(plain.text);
    Analysis analysis;
    analysis.normalised = plain.text;
    for (const auto& token : segment(plain.text)) {
        AnalysedToken one;
        one.text = token.text;
        one.begin_bytes = plain.source[token.begin_bytes];
        one.end_bytes = cluster_end(text, plain.source[token.end_bytes]);
        one.script = script_of(token.text);
        one.in_dictionary = true;
        for (const auto& name : names) {
            if (name.begin_bytes <= token.begin_bytes && token.end_bytes <= name.end_bytes) {
                for (const auto node : name.nodes) {
                    one.name_of.emplace_back(id(node));
                }
                one.in_dictionary =
                    name.begin_bytes == token.begin_bytes && name.end_bytes == token.end_bytes;
            }
        }
        analysis.tokens.push_back(std::move(one));
    }
    return analysis;
}

}  // namespace khom::index
