// Where an edited thing belongs: topics, districts, department; see editorial.h.
#include "core/editorial/editorial.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"

namespace mitwirken::core {

namespace {

const std::pair<const char*, const char*> trees[] = {{"topic", "topics"}, {"district", "districts"}};

// Retired ones stay where they are set, so that saving again keeps them; they are offered to nobody else.
std::vector<Option> terms_to_choose(Visit& visit, const FormView& form, const char* tree, const char* field) {
    std::vector<Option> options;
    for (const auto& term : terms(visit.tx, visit.tenant.id, tree))
        if (!term.retired || form.has(field, term.key))
            options.push_back({term.key, term.name_in(visit.language.code())});
    return options;
}

}  // namespace

void add_subject_fields(Visit& visit, FormView& form) {
    form.heading(tr_noop("Where it belongs"));
    form.choices("topics", tr_noop("Topics"), terms_to_choose(visit, form, "topic", "topics")).optional();
    form.choices("districts", tr_noop("Districts"), terms_to_choose(visit, form, "district", "districts")).optional();
    form.select("organisation", tr_noop("Department"), department_options(visit));
}

std::vector<Option> department_options(Visit& visit) {
    const bool own_only = visit.actor.role == Role::editor;
    std::vector<Option> options;
    if (!own_only || !visit.actor.organisation) options.push_back({"0", visit.tr("– none –")});
    for (const auto& one : organisations(visit.tx, visit.tenant.id))
        if (!own_only || one.id == visit.actor.organisation)
            options.push_back({std::to_string(one.id.value), one.name});
    return options;
}

OrganisationId read_department(const Visit& visit, Problems& problems) {
    const std::string typed = trimmed(visit.form["organisation"]);
    const bool own_only = visit.actor.role == Role::editor;
    if (typed.empty() || typed == "0") return own_only ? visit.actor.organisation : OrganisationId{};
    const OrganisationId chosen{to_int(typed).value_or(0)};
    if (!chosen || !find_organisation(visit.tx, visit.tenant.id, chosen))
        problems.add("organisation", tr_noop("Please choose one of the departments."));
    else if (own_only && chosen != visit.actor.organisation)
        problems.add("organisation", tr_noop("Please choose your own department."));
    return chosen;
}

void write_subjects(const Visit& visit, Form& form, const Ref& ref) {
    for (const auto& term : terms_of(visit.tx, visit.tenant.id, ref))
        form.add(term.tree == "district" ? "districts" : "topics", term.key);
}

std::vector<std::string> read_subjects(const Visit& visit, const Ref& ref) {
    std::vector<TermId> chosen;
    std::vector<std::string> names;
    for (const auto& [tree, field] : trees)
        for (const auto& term : terms(visit.tx, visit.tenant.id, tree))
            if (visit.form.has(field, term.key)) chosen.push_back(term.id), names.push_back(term.name);
    classify(visit.tx, visit.tenant.id, ref, chosen);
    return names;
}

}  // namespace mitwirken::core
