#include "corpus/finding.h"

namespace khom::corpus {

std::string_view name(FindingCode code) {
    switch (code) {
        case FindingCode::unreadable:
            return "unreadable";
        case FindingCode::damaged:
            return "damaged";
        case FindingCode::not_listed:
            return "not_listed";
        case FindingCode::not_a_number:
            return "not_a_number";
        case FindingCode::not_a_date:
            return "not_a_date";
        case FindingCode::buddhist_year:
            return "buddhist_year";
        case FindingCode::not_a_source:
            return "not_a_source";
        case FindingCode::not_an_address:
            return "not_an_address";
        case FindingCode::not_an_id:
            return "not_an_id";
        case FindingCode::outside_the_globe:
            return "outside_the_globe";
        case FindingCode::unknown_column:
            return "unknown_column";
        case FindingCode::unknown_type:
            return "unknown_type";
        case FindingCode::unknown_entity:
            return "unknown_entity";
        case FindingCode::several_of_the_name:
            return "several_of_the_name";
        case FindingCode::wrong_kind:
            return "wrong_kind";
        case FindingCode::no_name:
            return "no_name";
        case FindingCode::no_source:
            return "no_source";
        case FindingCode::differs:
            return "differs";
        case FindingCode::repeated:
            return "repeated";
        case FindingCode::merged:
            return "merged";
        case FindingCode::other:
            return "other";
    }
    return "other";
}

}  // namespace khom::corpus
