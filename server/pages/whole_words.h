#pragma once

#include <array>
#include <string>
#include <string_view>

namespace khom::server {

/// Names and loanwords that the dictionaries of browsers do not know and would break in their
/// middle at the end of a line: "ยูเนส|โก". One that is the end of another comes after it.
inline constexpr std::array<std::string_view, 20> whole_words = {
    "ยูเนสโก", "แม่ข่า",       "ซิตี้แลป",  "ข้าวยาคู้", "ควรค่าม้า", "ทีเคพาร์ค", "ยี่เป็ง",
    "ริมน้ำปิง", "แม่น้ำปิง",     "ลำน้ำปิง", "ล้านนา",  "ป่าห้า",    "ดอยสุเทพ", "อินทขิล",
    "หัวฝาย",  "นิมมานเหมินท์", "ช้างม่อย", "สตูดิโอ",  "แม่โจ้",    "ฮักษา"};

/// HTML in which these words are kept whole: each in `<span class="whole">`. What is no running
/// text (pictures, scripts, fields, code) stays as it is.
///
/// Cost: linear in the length.
std::string kept_whole(std::string_view html);

}  // namespace khom::server
