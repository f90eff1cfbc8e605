// Templates in the administration: what their screens share.
// Invariants: every change is a new version, none is ever changed; a procedure that was made from one stays as it is.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/forms/forms.h"
#include "core/procedures/transfer.h"
#include "core/procedures/types.h"
#include "core/revisions/revisions.h"
#include "core/visit.h"

namespace mitwirken::procedures {

inline const std::string types_base = "/verwaltung/verfahrensarten";
// Those who change templates; to look at them and to use them it is enough to edit procedures.
inline constexpr std::string_view types_action = "procedures.templates";

inline std::string type_address(const std::string& key, const std::string& below = "") {
    return types_base + "/" + escape_url(key) + below;
}
// The newest version of the key in the address.
core::ProcedureType type_of(core::Visit& visit);

// What stands in a template, in words: for its page and for comparing versions.
core::Snapshot snapshot_of(const core::Visit& visit, const core::ProcedureType& type);
// "Tag 1 bis 28", counted from one as people count.
std::string days_in_words(const core::Visit& visit, const nlohmann::ordered_json& step);

// The procedure that it makes from this day on. Activities whose building block is not here are left out; their titles.
struct Made {
    core::WholeProcedure whole;
    std::vector<std::string> left_out;
};
Result<Made> make_from(const core::Visit& visit, const core::ProcedureType& type, Date first);
// What is wrong with it, each with its place: tried with a first day in some year.
Problems check_type(const core::Visit& visit, const core::ProcedureType& type);

// Keeps it as a new version of its key (none: a new one).
core::ProcedureType keep_type(core::Visit& visit, core::ProcedureType type, std::string_view action);

// The formats of the toolbox to choose from: key and title.
std::vector<core::Option> format_options(core::Visit& visit);

}  // namespace mitwirken::procedures
