// Templates come from the ontology ("{from} is held at {to}"); all begin with their subject, in
// both languages. A chain makes the next subject a relative pronoun where the sentence before ends
// with it, else names it again.

#include "query/sentences.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace khom::query {

namespace {

enum class Language { en, th };

const std::string& said_in(Language language, const Wording& words) {
    const auto& first = language == Language::en ? words.en : words.th;
    const auto& second = language == Language::en ? words.th : words.en;
    return first.empty() ? second : first;
}

struct Slot {
    std::string_view mark, words;
};

/// The text with each slot filled where it first stands. What is filled in is not looked at again.
std::string filled(std::string_view text, std::initializer_list<Slot> slots) {
    std::string made;
    while (!text.empty()) {
        const auto slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& one) {
            return text.substr(0, one.mark.size()) == one.mark;
        });
        if (slot == slots.end()) {
            made += text.front();
            text.remove_prefix(1);
        } else {
            made += slot->words;
            text.remove_prefix(slot->mark.size());
        }
    }
    return made;
}

bool ends_in(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// A template with its subject and object told apart, whichever way the relationship points.
struct Clause {
    std::string text;  ///< "{subject} is held at {object}"
    bool ends_in_object = false;
};

Clause clause(const graph::Ontology& ontology, const StatementView& view, Language language) {
    const auto* type = ontology.type(view.type);
    const bool out = view.direction == "out";
    Clause made;
    if (type == nullptr) {
        made.text = "{subject} " + said_in(language, view.wording) + " {object}";
    } else {
        made.text =
            filled(said_in(language, out ? type->sentence : type->sentence_inverse),
                   {{out ? "{from}" : "{to}", "{subject}"}, {out ? "{to}" : "{from}", "{object}"}});
    }
    made.ends_in_object = ends_in(made.text, "{object}");
    return made;
}

struct Said {
    std::string_view id;
    Wording words;
};

/// What a status says that is not "done": an aim or a draft must not read as a result.
const Said* status_words(std::string_view status) {
    static const std::array<Said, 5> all = {{
        {"planned", {"planned, not yet done", "วางแผนไว้ ยังไม่ได้ทำ"}},
        {"prepared", {"in preparation, not yet done", "อยู่ระหว่างเตรียมการ ยังไม่ได้ทำ"}},
        {"drafted", {"drafted, not yet submitted", "ร่างแล้ว ยังไม่ได้ยื่น"}},
        {"submitted", {"submitted, no outcome stated", "ยื่นแล้ว ยังไม่มีผล"}},
        {"received", {"received", "ได้รับแล้ว"}},
    }};
    for (const auto& one : all) {
        if (one.id == status) {
            return &one;
        }
    }
    return nullptr;
}

const Said* doubt_words(std::string_view certainty) {
    static const std::array<Said, 2> all = {{
        {"inferred", {"inferred", "อนุมาน"}},
        {"doubtful", {"doubtful", "ไม่แน่ชัด"}},
    }};
    for (const auto& one : all) {
        if (one.id == certainty) {
            return &one;
        }
    }
    return nullptr;
}

/// The words in brackets after a clause: role, time, status, doubt. A year that a name says already
/// is not repeated.
std::string in_brackets(const StatementView& view, Language language, const std::string& names,
                        bool with_status) {
    std::string inside;
    const auto add = [&](const std::string& words) {
        inside += (inside.empty() || words.empty() ? "" : "; ") + words;
    };
    // "community of" says how a body relates to its place, which the sentence needs no brackets
    // for.
    if (!ends_in(view.role, " of")) {
        add(language == Language::th && !view.role_th.empty() ? view.role_th : view.role);
    }
    if (view.time) {
        const auto& words = said_in(language, view.time->words);
        const auto common_year = view.time->edtf.substr(0, 4);
        if (names.find(words) == std::string::npos &&
            (view.time->edtf.size() > 4 || names.find(common_year) == std::string::npos)) {
            add(words);
        }
    }
    if (const auto* status = status_words(view.status); status != nullptr && with_status) {
        add(said_in(language, status->words));
    }
    if (const auto* doubt = doubt_words(view.certainty)) {
        add(said_in(language, doubt->words));
    }
    return inside.empty() ? inside : " (" + inside + ")";
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

std::string sentence_in(Language language, const graph::Ontology& ontology, const EntityRef& from,
                        const EntityRef& to, const StatementView& view) {
    const auto& subject = said_in(language, from.name);
    const auto& object = said_in(language, to.name);
    auto text = filled(clause(ontology, view, language).text,
                       {{"{subject}", subject}, {"{object}", object}});
    text += in_brackets(view, language, subject + object, false);
    const auto* status = status_words(view.status);
    if (status != nullptr) {
        text = said_in(language, status->words) + ": " + text;
    }
    return language == Language::en ? capitalised(std::move(text)) + "." : text;
}

std::string chain_in(Language language, const graph::Ontology& ontology,
                     const std::vector<ConnectionStep>& steps) {
    const bool english = language == Language::en;
    std::string text;
    bool can_continue = false;
    for (const auto& step : steps) {
        const auto made = clause(ontology, step.statement, language);
        const auto& subject = said_in(language, step.from.name);
        const auto& object = said_in(language, step.to.name);
        if (!text.empty()) {
            text += can_continue ? (english ? ", " : " ") : (english ? "; " : " และ");
        }
        // Thai writes the pronoun and the verb together.
        const auto words =
            !can_continue ? filled(made.text, {{"{subject}", subject}, {"{object}", object}})
            : english     ? filled(made.text, {{"{subject}", "which"}, {"{object}", object}})
                      : filled(made.text, {{"{subject} ", "ซึ่ง"}, {"{object}", object}});
        text += words + in_brackets(step.statement, language, subject + object, true);
        can_continue = made.ends_in_object;
    }
    return english ? capitalised(std::move(text)) + "." : text;
}

}  // namespace

Wording sentence(const graph::Ontology& ontology, const EntityRef& from, const EntityRef& to,
                 const StatementView& view) {
    return {sentence_in(Language::en, ontology, from, to, view),
            sentence_in(Language::th, ontology, from, to, view)};
}

Wording chain_sentence(const graph::Ontology& ontology, const std::vector<ConnectionStep>& steps) {
    return {chain_in(Language::en, ontology, steps), chain_in(Language::th, ontology, steps)};
}

}  // namespace khom::query
