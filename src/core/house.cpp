// The parts of the running program; see house.h.
#include "core/house.h"

#include <stdexcept>

namespace mitwirken::core {

const Manifest& House::module(std::string_view name) const {
    for (const auto& manifest : modules)
        if (manifest.name == name) return manifest;
    throw std::logic_error("no module " + std::string(name));
}

void House::publish(db::Tx& tx, TenantId tenant, const DomainEvent& event, Timestamp now) const {
    // What happened in a procedure is told to people; the pages it changes are touched by whoever did it.
    const bool changes_pages = !std::holds_alternative<ProcedureHappened>(event);
    for (const auto& manifest : modules)
        if (manifest.on_event) {
            manifest.on_event(tx, tenant, event, now);
            if (changes_pages) versions.raise_at_commit(tx, tenant, manifest.name);
        }
}

}  // namespace mitwirken::core
