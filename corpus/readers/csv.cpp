// RFC 4180 with either line end:
//
//     file  = row *(end row) [end]      end = LF / CR LF
//     row   = cell *("," cell)
//     cell  = *plain / DQUOTE *(any / 2DQUOTE) DQUOTE

#include <algorithm>

#include "corpus/pages.h"
#include "corpus/readers/readers.h"

namespace khom::corpus {

namespace {

struct Row {
    std::size_t line = 0;
    std::vector<std::string> cells;
};

class Scanner {
  public:
    Scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

    bool at_end() const { return at_ >= text_.size(); }

    /// The next row; false if a quoted cell never ends.
    bool row(Row& row) {
        row = {line_, {}};
        for (;;) {
            std::string cell;
            if (!read_cell(cell)) {
                return false;
            }
            row.cells.push_back(std::move(cell));
            if (at_end() || text_[at_] != separator_) {
                break;
            }
            ++at_;
        }
        if (!at_end() && text_[at_] == '\r') {
            ++at_;
        }
        if (!at_end() && text_[at_] == '\n') {
            ++at_;
            ++line_;
        }
        return true;
    }

  private:
    bool read_cell(std::string& cell) {
        if (at_end() || text_[at_] != '"') {
            while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' &&
                   text_[at_] != '\r') {
                cell += text_[at_++];
            }
            return true;
        }
        for (++at_; !at_end(); ++at_) {
            if (text_[at_] == '\n') {
                ++line_;
            }
            if (text_[at_] != '"') {
                cell += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += text_[at_++];
            } else {
                ++at_;
                return true;
            }
        }
        return false;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

std::string trimmed(const std::string& cell) {
    const auto first = cell.find_first_not_of(" \t\r\n");
    return first == std::string::npos
               ? ""
               : cell.substr(first, cell.find_last_not_of(" \t\r\n") - first + 1);
}

/// A spreadsheet separates by what its locale says: of comma, semicolon and tab the one that the
/// header has most of.
char separator_of(std::string_view text) {
    const auto header = text.substr(0, text.find('\n'));
    char best = ',';
    for (const char one : {';', '\t'}) {
        if (std::count(header.begin(), header.end(), one) >
            std::count(header.begin(), header.end(), best)) {
            best = one;
        }
    }
    return best;
}

bool has(const std::vector<std::string>& header, const char* column) {
    return std::find(header.begin(), header.end(), column) != header.end();
}

}  // namespace

std::vector<std::string> split_list(const std::string& cell) {
    std::vector<std::string> items(1);
    for (std::size_t at = 0; at < cell.size(); ++at) {
        const bool escaped = cell[at] == '\\' && at + 1 < cell.size() &&
                             (cell[at + 1] == ';' || cell[at + 1] == '\\');
        if (escaped) {
            items.back() += cell[++at];
        } else if (cell[at] == ';') {
            items.emplace_back();
        } else {
            items.back() += cell[at];
        }
    }
    for (auto& item : items) {
        item = trimmed(item);
    }
    std::erase(items, "");
    return items;
}

void read_csv(const InputFile& file, Records& records) {
    const auto text = to_utf8(file.bytes);
    if (!text) {
        records.findings.push_back({file.name, 0, "", text.error().message});
        return;
    }
    Scanner scanner(*text, separator_of(*text));
    Row header;
    if (!scanner.row(header)) {
        records.findings.push_back({file.name, 1, "", "A quoted cell of the header does not end."});
        return;
    }
    for (auto& column : header.cells) {
        column = trimmed(column);
    }
    const bool statements =
        has(header.cells, "from") && has(header.cells, "type") && has(header.cells, "to");
    const bool activities = has(header.cells, "date") &&
                            (has(header.cells, "activity") || has(header.cells, "activity_th") ||
                             has(header.cells, "activity_en"));
    const bool pages =
        has(header.cells, "title") && has(header.cells, "url") && !has(header.cells, "id");
    if (!statements && !activities && !pages && !has(header.cells, "id")) {
        records.findings.push_back({file.name, 1, "",
                                    "The columns are neither an entity's (id, …) nor a statement's "
                                    "(from, type, to, …) nor an activity's (activity, date, …) nor "
                                    "a page's (title, url, text, …)."});
        return;
    }
    while (!scanner.at_end()) {
        Row row;
        if (!scanner.row(row)) {
            records.findings.push_back(
                {file.name, row.line, "", "A quoted cell that begins in this row does not end."});
            return;
        }
        Record record{file.name, row.line, {}};
        for (std::size_t i = 0; i < row.cells.size() && i < header.cells.size(); ++i) {
            if (auto cell = trimmed(row.cells[i]); !cell.empty()) {
                record.cells[header.cells[i]] = std::move(cell);
            }
        }
        if (row.cells.size() > header.cells.size()) {
            records.findings.push_back(record.finding(
                FindingCode::unreadable, "",
                "The row has " + std::to_string(row.cells.size()) + " cells, the header " +
                    std::to_string(header.cells.size()) + "; is a separator not inside quotes?"));
        } else if (!record.cells.empty()) {
            if (pages) {
                expand_page(record, records.findings);
            }
            (statements   ? records.statements
             : activities ? records.activities
                          : records.entities)
                .push_back(std::move(record));
        }
    }
}

}  // namespace khom::corpus
