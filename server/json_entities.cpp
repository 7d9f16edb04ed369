// What answers about entities share.

#include "query/entity.h"
#include "server/json_private.h"

namespace khom::server {
void write_ref(JsonWriter& json, std::string_view key, const query::EntityRef& ref) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json.StartObject();
    member(json, "id", ref.id);
    member(json, "kind", ref.kind);
    member(json, "name", ref.name);
    json.EndObject();
}

void member_if(JsonWriter& json, std::string_view key, const std::string& text) {
    if (!text.empty()) {
        member(json, key, text);
    }
}

void member_if(JsonWriter& json, std::string_view key, const query::Wording& words) {
    if (!words.en.empty() || !words.th.empty()) {
        member(json, key, words);
    }
}

void member_or_null(JsonWriter& json, std::string_view key, const std::string& text) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    text.empty() ? void(json.Null()) : write(json, text);
}

void write_time(JsonWriter& json, const std::optional<query::TimeLabel>& time) {
    if (!time) {
        return;
    }
    json.Key("time");
    json.StartObject();
    member(json, "edtf", time->edtf);
    member_if(json, "th", time->words.th);
    member_if(json, "en", time->words.en);
    if (time->from_programme) {
        member(json, "from_programme", true);
    }
    json.EndObject();
}

}  // namespace khom::server
