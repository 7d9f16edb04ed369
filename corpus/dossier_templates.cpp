#include "corpus/dossier_templates.h"

#include <array>

namespace khom::embedded {
extern const std::string_view dossier_unesco_award_2024;
extern const std::string_view dossier_biennial_report;
}  // namespace khom::embedded

namespace khom::corpus {

std::span<const std::string_view> dossier_templates() {
    static const std::array all = {embedded::dossier_unesco_award_2024,
                                   embedded::dossier_biennial_report};
    return all;
}

}  // namespace khom::corpus
