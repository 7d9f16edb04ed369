#include "corpus/readers/pieces.h"

#include <algorithm>
#include <utility>

namespace khom::corpus {

namespace {

constexpr std::size_t most_row_bytes = std::size_t{16} << 20U;

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

PieceReader::PieceReader(const std::filesystem::path& path, std::size_t piece_bytes)
    : path_(path),
      file_(path, std::ios::binary),
      piece_bytes_(piece_bytes),
      has_header_(path.extension() == ".csv") {}

/// Behind the last line feed that is not within quotes, or 0.
std::size_t PieceReader::end_of_rows() const {
    if (!has_header_) {
        const auto last = left_.rfind('\n');
        return last == std::string::npos ? 0 : last + 1;
    }
    std::size_t end = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < left_.size(); ++at) {
        quoted ^= left_[at] == '"';
        if (left_[at] == '\n' && !quoted) {
            end = at + 1;
        }
    }
    return end;
}

graph::Result<std::optional<Piece>> PieceReader::next() {
    if (!file_.is_open()) {
        return graph::refuse(graph::RefusalCode::entity_not_found,
                             "'" + path_.string() + "' cannot be read.");
    }
    std::size_t end = 0;
    while (end == 0) {
        const auto before = left_.size();
        left_.resize(before + piece_bytes_);
        file_.read(left_.data() + before, static_cast<std::streamsize>(piece_bytes_));
        const auto got = static_cast<std::size_t>(file_.gcount());
        left_.resize(before + got);
        const bool is_first = std::exchange(bytes_read_, bytes_read_ + got) == 0;
        if (is_first && (left_.starts_with("\xFF\xFE") || left_.starts_with("\xFE\xFF"))) {
            return graph::refuse(graph::RefusalCode::invalid_data,
                                 "'" + path_.string() +
                                     "' is UTF-16; a file this large is read as UTF-8 only. Save "
                                     "it as 'CSV UTF-8'.");
        }
        if (left_.empty()) {
            return std::nullopt;
        }
        end = got == 0 ? left_.size() : end_of_rows();
        if (end == 0 && left_.size() > most_row_bytes) {
            return graph::refuse(graph::RefusalCode::limit_exceeded,
                                 "A row of '" + path_.string() +
                                     "' is longer than 16 MiB; is a "
                                     "quote not closed?");
        }
    }
    Piece piece;
    piece.file.name = path_.filename().string();
    auto rows = left_.substr(0, end);
    left_.erase(0, end);
    const auto lines = lines_in(rows);
    if (has_header_ && lines_before_ == 0) {
        header_ = rows.substr(0, rows.find('\n') + 1);
    } else {
        piece.line_offset = static_cast<std::ptrdiff_t>(lines_before_) -
                            static_cast<std::ptrdiff_t>(has_header_ ? 1 : 0);
        rows.insert(0, header_);
    }
    lines_before_ += lines;
    piece.file.bytes = std::move(rows);
    return piece;
}

}  // namespace khom::corpus
