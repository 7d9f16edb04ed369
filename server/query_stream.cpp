#include "server/query_stream.h"

#include "server/problem.h"

namespace khom::server {

namespace {

/// More than a socket takes at once, less than one would mind holding for a slow reader.
constexpr std::size_t piece_bytes = 64U << 10U;

class QueryStream : public BodyStream {
  public:
    QueryStream(RowFormat format, QueryStreamed question)
        : format_(format), question_(std::move(question)) {
        question_.run.reading = &question_.reading;
        question_.run.limits.cancelled = question_.abandoned.get();
    }

    graph::Result<Next> start(const query::Engine& engine, const query::Engine::Prepared& prepared,
                              std::string& piece) {
        auto opened = engine.stream(prepared, question_.reading.view->snapshot(), question_.run);
        if (!opened) return tl::unexpected(opened.error());
        rows_ = std::move(*opened);
        piece = rows_head(format_, rows_->columns());
        return fill(piece);
    }

    Next next(std::string& piece) override {
        const auto filled = fill(piece);
        if (filled) return *filled;
        if (format_ == RowFormat::ndjson) {
            piece += "{\"problem\":" + problem(filled.error()).body + "}\n";
        }
        return Next::broken;
    }

  private:
    graph::Result<Next> fill(std::string& piece) {
        while (piece.size() < piece_bytes) {
            if (question_.most_rows != 0 && sent_ == question_.most_rows) return Next::end;
            const auto found = rows_->next(row_);
            if (!found) return tl::unexpected(found.error());
            if (!*found) return Next::end;
            append_row(piece, format_, rows_->columns(), row_, rows_->graph());
            ++sent_;
        }
        return Next::more;
    }

    const RowFormat format_;
    QueryStreamed question_;
    std::unique_ptr<query::RowStream> rows_;  // reads what question_ keeps
    std::vector<graph::Value> row_;
    std::size_t sent_ = 0;
};

}  // namespace

graph::Result<Response> stream_rows(const query::Engine& engine,
                                    const query::Engine::Prepared& prepared, RowFormat format,
                                    QueryStreamed question) {
    const auto stream = std::make_shared<QueryStream>(format, std::move(question));
    Response response;
    response.content_type = row_media_type(format);
    return stream->start(engine, prepared, response.body).map([&](BodyStream::Next next) {
        if (next == BodyStream::Next::more) response.stream = stream;
        return std::move(response);
    });
}

}  // namespace khom::server
