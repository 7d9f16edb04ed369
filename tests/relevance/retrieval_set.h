#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "graph/store.h"

namespace khom::testing {

/// One question of a retrieval set.
struct RetrievalQuestion {
    std::string id, text;
};

/// The documents of `docs.jsonl` (or `.gz`), {"id","title","text","lang"} a line, as nodes of a
/// graph in memory: the title is the name, the text the text, in the language given. Throws:
/// graph::Fault if the file cannot be read.
std::unique_ptr<graph::Store> read_documents(const std::filesystem::path& path);

/// The questions of `queries.jsonl`, in order.
std::vector<RetrievalQuestion> read_questions(const std::filesystem::path& path);

}  // namespace khom::testing
