// One ZIP archive: nodes.csv and edges.csv as the reader takes them (UTF-8 with byte-order mark,
// RFC 4180, CR LF), and LICENCE.txt.

#include <algorithm>

#include "corpus/writers/writer.h"
#include "corpus/writers/zip.h"

namespace khom::corpus {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string cell(const std::string& text) {
    const bool plain = text.find_first_of(",\"\r\n") == std::string::npos &&
                       (text.empty() || (text.front() != ' ' && text.back() != ' '));
    if (plain) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? std::string("\"\"") : std::string{c};
    }
    return quoted + "\"";
}

class CsvWriter : public Writer {
  public:
    explicit CsvWriter(const WriterSetup& setup) : columns_(columns_of(setup)) {
        // `year` mostly follows from `time`: a column of it would only repeat what an import makes.
        const auto& graph = *setup.selection.snapshot;
        const auto drop_year = [](auto& columns, const auto& ids, auto&& properties) {
            if (std::all_of(ids.begin(), ids.end(),
                            [&](auto id) { return year_follows(properties(id)); })) {
                std::erase_if(columns, [](const Column& column) { return column.name == "year"; });
            }
        };
        const auto properties = [&](auto id) { return graph.properties(id); };
        drop_year(columns_.entities, setup.selection.entities, properties);
        drop_year(columns_.statements, setup.selection.statements, properties);
    }

    void begin(std::string& out) override {
        zip_.begin_file("LICENCE.txt", out);
        zip_.write(std::string(attribution) + "\n" + std::string(licence_url) + "\n", out);
        zip_.end_file(out);
        zip_.begin_file("nodes.csv", out);
        header({"id", "kind"}, columns_.entities, out);
    }
    void entity(const EntityItem& item, std::string& out) override {
        row(cell(item.id) + "," + cell(item.kind), columns_.entities, item.properties, out);
    }
    void between(std::string& out) override {
        zip_.end_file(out);
        zip_.begin_file("edges.csv", out);
        header({"id", "from", "type", "to"}, columns_.statements, out);
    }
    void statement(const StatementItem& item, std::string& out) override {
        row(cell(item.id) + "," + cell(item.from) + "," + cell(item.type) + "," + cell(item.to),
            columns_.statements, item.properties, out);
    }
    void end(std::string& out) override {
        zip_.end_file(out);
        zip_.end(out);
    }

  private:
    void header(const std::vector<std::string>& first, const std::vector<Column>& columns,
                std::string& out) {
        std::string line(byte_order_mark);
        for (const auto& name : first) {
            line += (line.size() == byte_order_mark.size() ? "" : ",") + name;
        }
        for (const auto& column : columns) {
            line += "," + cell(column.name);
        }
        zip_.write(line + "\r\n", out);
    }
    void row(std::string line, const std::vector<Column>& columns, const graph::Map& properties,
             std::string& out) {
        for (const auto& column : columns) {
            line += "," + cell(scalar_text(properties, column.name));
        }
        zip_.write(line + "\r\n", out);
    }

    Columns columns_;
    ZipWriter zip_;
};

}  // namespace

std::unique_ptr<Writer> csv_writer(const WriterSetup& setup) {
    return std::make_unique<CsvWriter>(setup);
}

}  // namespace khom::corpus
