// "STORE TIME": two numbers; a time of 0 is one that is not known.

#include "graph/store_identity.h"

#include "graph/disk_store.h"

namespace khom::graph {

std::string identity_at(const Store& store, Revision revision) {
    const auto* on_disk = dynamic_cast<const DiskStore*>(&store);
    const auto number_of_store = on_disk == nullptr ? 0 : on_disk->number_drawn();
    std::int64_t time = 0;
    if (number(revision) > 0 && revision >= store.log().first_kept()) {
        const auto entries = store.log().read(Revision{number(revision) - 1}, 1);
        if (entries && !entries->empty()) {
            time = std::chrono::duration_cast<std::chrono::microseconds>(
                       entries->front().at.time_since_epoch())
                       .count();
        }
    }
    return std::to_string(number_of_store) + " " + std::to_string(time);
}

bool is_same_state(const std::string& one, const std::string& other) {
    const auto space = one.find(' '), space_of_other = other.find(' ');
    if (one.substr(0, space) != other.substr(0, space_of_other)) {
        return false;
    }
    const auto time = one.substr(space + 1), time_of_other = other.substr(space_of_other + 1);
    return time == time_of_other || time == "0" || time_of_other == "0";
}

}  // namespace khom::graph
