// See procedure_field.h.
#include "core/desk/procedure_field.h"

#include <algorithm>

namespace mitwirken::core {

namespace {

constexpr int most_offered = 300;

std::vector<ProcedureRecord> offered(Visit& visit, ProcedureId before) {
    std::vector<ProcedureRecord> list;
    for (auto& one : procedures(visit.tx, visit.tenant.id, ProcedureFilter{}, most_offered))
        if (one.id == before || visit.may(edit_procedures_action, one.organisation)) list.push_back(std::move(one));
    const bool there = std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.id == before; });
    if (before && !there)
        if (auto known = find_procedure(visit.tx, visit.tenant.id, before)) list.push_back(std::move(*known));
    return list;
}

}  // namespace

void add_procedure_field(Visit& visit, FormView& form, ProcedureId before) {
    std::vector<Option> options{{"", visit.tr("none")}};
    for (const auto& one : offered(visit, before)) options.push_back({std::to_string(one.id.value), one.title});
    form.select("procedure", tr_noop("Belongs to the procedure"), options)
        .optional()
        .hint(tr_noop("Then it stands on the procedure's page, too."));
}

void write_procedure(Form& form, ProcedureId procedure) {
    form.set("procedure", procedure ? std::to_string(procedure.value) : "");
}

ProcedureId read_procedure(Visit& visit, ProcedureId before, Problems& problems) {
    const std::string text = trimmed(visit.form["procedure"]);
    if (text.empty()) return {};
    const ProcedureId chosen{to_int(text).value_or(0)};
    for (const auto& one : offered(visit, before))
        if (one.id == chosen) return chosen;
    problems.add("procedure", tr_noop("Please choose one of the procedures offered."));
    return {};
}

std::optional<ProcedureLink> procedure_link(Visit& visit, ProcedureId id) {
    if (!id) return {};
    const auto procedure = find_procedure(visit.tx, visit.tenant.id, id);
    if (!procedure) return {};
    visit.reads(procedure->scope());
    if (procedure->state == ProcedureState::draft || !procedure->listed) return {};
    return ProcedureLink{procedure->title, "/verfahren/" + procedure->key};
}

std::string procedure_title(Visit& visit, ProcedureId id) {
    if (!id) return "";
    const auto procedure = find_procedure(visit.tx, visit.tenant.id, id);
    return procedure ? procedure->title : "";
}

}  // namespace mitwirken::core
