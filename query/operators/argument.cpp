#include "query/operators/operators.h"

namespace khom::query::operators {
namespace {

class Argument : public Operator {
  public:
    void open(Execution&) override { given_ = false; }
    bool next(Execution&) override { return !std::exchange(given_, true); }

  private:
    bool given_ = false;
};

}  // namespace

OperatorPtr make(const plan::Argument&, OperatorPtr) {
    return std::make_unique<Argument>();
}

}  // namespace khom::query::operators
