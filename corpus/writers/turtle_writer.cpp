// Turtle (W3C, 2014) by serd, which abbreviates, escapes and streams.

#include <serd/serd.h>

#include "corpus/writers/rdf.h"

namespace khom::corpus {

namespace {

size_t sink(const void* bytes, size_t length, void* stream) {
    static_cast<std::string*>(stream)->append(static_cast<const char*>(bytes), length);
    return length;
}

const std::uint8_t* bytes_of(const std::string& text) {
    return reinterpret_cast<const std::uint8_t*>(text.c_str());
}

SerdNode node(SerdType type, const std::string& text) {
    return serd_node_from_string(type, bytes_of(text));
}

/// A URI, or a prefixed name of one of ours.
SerdNode resource(const std::string& text) {
    const bool is_uri = text.find("://") != std::string::npos;
    return node(is_uri ? SERD_URI : SERD_CURIE, text);
}

const char* datatype_of(RdfTerm::Kind kind) {
    switch (kind) {
        case RdfTerm::Kind::boolean:
            return "xsd:boolean";
        case RdfTerm::Kind::integer:
            return "xsd:integer";
        case RdfTerm::Kind::number:
            return "xsd:double";
        case RdfTerm::Kind::edtf:
            return "edtf:EDTF";
        case RdfTerm::Kind::date:
            return "xsd:date";
        case RdfTerm::Kind::url:
            return "xsd:anyURI";
        case RdfTerm::Kind::resource:
        case RdfTerm::Kind::text:
            return nullptr;
    }
    return nullptr;
}

class TurtleWriter : public Writer {
  public:
    explicit TurtleWriter(const WriterSetup& setup)
        : vocabulary_(setup.ontology, setup.options.base_url),
          revision_(graph::number(setup.selection.snapshot->revision())),
          environment_(serd_env_new(nullptr)),
          writer_(serd_writer_new(
              SERD_TURTLE, static_cast<SerdStyle>(SERD_STYLE_ABBREVIATED | SERD_STYLE_CURIED),
              environment_, nullptr, &sink, &piece_)) {}
    ~TurtleWriter() override {
        serd_writer_free(writer_);
        serd_env_free(environment_);
    }

    void begin(std::string& out) override {
        for (const auto& [prefix, uri] : vocabulary_.prefixes()) {
            const auto name = node(SERD_LITERAL, prefix);
            const auto value = node(SERD_URI, uri);
            serd_env_set_prefix(environment_, &name, &value);
            serd_writer_set_prefix(writer_, &name, &value);
        }
        vocabulary_.dataset(revision_, emit());
        flush(out);
    }
    void entity(const EntityItem& item, std::string& out) override {
        vocabulary_.entity(item, emit());
        flush(out);
    }
    void statement(const StatementItem& item, std::string& out) override {
        vocabulary_.statement(item, emit());
        flush(out);
    }
    void end(std::string& out) override {
        serd_writer_finish(writer_);
        flush(out);
    }

  private:
    EmitTriple emit() {
        return [this](const std::string& subject, const std::string& predicate,
                      const RdfTerm& object) { write(subject, predicate, object); };
    }
    void write(const std::string& subject, const std::string& predicate, const RdfTerm& object) {
        const auto from = resource(subject);
        const auto link = resource(predicate);
        SerdNode to = object.kind == RdfTerm::Kind::resource ? resource(object.text)
                                                             : node(SERD_LITERAL, object.text);
        SerdNode type = SERD_NODE_NULL, language = SERD_NODE_NULL;
        std::string name;
        if (const char* datatype = datatype_of(object.kind)) {
            name = datatype;
            type = node(SERD_CURIE, name);
        } else if (object.kind == RdfTerm::Kind::text && !object.language.empty()) {
            language = node(SERD_LITERAL, object.language);
        }
        const auto done =
            serd_writer_write_statement(writer_, 0, nullptr, &from, &link, &to, &type, &language);
        if (done != SERD_SUCCESS) {
            throw graph::Fault("serd does not write a triple about " + subject);
        }
    }
    void flush(std::string& out) {
        out += piece_;
        piece_.clear();
    }

    RdfVocabulary vocabulary_;
    std::uint64_t revision_;
    std::string piece_;
    SerdEnv* environment_;
    SerdWriter* writer_;
};

}  // namespace

std::unique_ptr<Writer> turtle_writer(const WriterSetup& setup) {
    return std::make_unique<TurtleWriter>(setup);
}

}  // namespace khom::corpus
