// What the forms of a contribution's page at the desk do. Of two clerks at once the second sees what the first did, and
// keeps what was typed.
#include <algorithm>

#include "core/people/people.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::Visit;

struct Subject {
    Desk desk;
    Contribution c;
};
Subject subject(Visit& visit) {
    Subject s{desk_at(visit), {}};
    s.c = contribution_at(visit, s.desk, visit.id_parameter<ContributionId>("id"));
    return s;
}

http::Response again(Visit& visit, const Subject& s, std::string_view which, Problems problems,
                     html::SafeHtml notice = {}) {
    return one_view(visit, s.desk, s.c, {which, &visit.form, std::move(problems), std::move(notice), 422});
}

void need_answerable(const Contribution& c) {
    if (const auto why = why_no_answer(c)) throw Conflict(*why);
}

std::string code_of(const std::string& word) { return word == "open" ? "" : word; }

}  // namespace

std::vector<core::Option> block_options(Visit& visit) {
    std::vector<core::Option> options = {{"", visit.tr("None")}};
    const bool all = visit.actor.role != core::Role::editor;
    for (const auto& block : blocks(visit.tx, visit.tenant.id, visit.actor.organisation, all))
        options.push_back({std::to_string(block.id.value), block.title});
    return options;
}

std::vector<core::Option> all_departments(Visit& visit) {
    std::vector<core::Option> options = {{"0", visit.tr("– please choose –")}};
    for (const auto& office : core::organisations(visit.tx, visit.tenant.id))
        options.push_back({std::to_string(office.id.value), office.name});
    return options;
}

std::string with_block(Visit& visit, const Desk& desk, const Form& form, const Contribution* about) {
    const auto chosen = to_int(form["block"]);
    const bool all = visit.actor.role != core::Role::editor;
    std::string body = form["body"];
    for (const auto& block : blocks(visit.tx, visit.tenant.id, visit.actor.organisation, all)) {
        if (!chosen || block.id.value != *chosen) continue;
        std::map<std::string, std::string> values = {{"verfahren", desk.procedure.title},
                                                     {"datum", visit.language.date(berlin_day(visit.now))}};
        const auto office = core::find_organisation(visit.tx, visit.tenant.id,
                                                    core::OrganisationId{to_int(form["organisation"]).value_or(0)});
        if (office) values["fachbereich"] = office->name;
        if (about) values["titel"] = title_of(visit, *about), values["nummer"] = std::to_string(about->id.value);
        body += (trimmed(body).empty() ? "" : "\n\n") + fill_block(block.body, values);
    }
    return body;
}

Assignment read_assignment(Visit& visit, Problems& problems) {
    Assignment a;
    a.department = core::OrganisationId{to_int(visit.form["department"]).value_or(0)};
    if (!a.department || !core::find_organisation(visit.tx, visit.tenant.id, a.department))
        problems.add("department", tr_noop("Please choose one of the departments."));
    const auto due = parse_date(trimmed(visit.form["due"]));
    if (!due)
        problems.add("due", tr_noop("Please give a day such as 2027-03-31."));
    else if (*due < berlin_day(visit.now))
        problems.add("due", tr_noop("This day is over. Please give one from today on."));
    a.due = due.value_or(Date{});
    a.text = trimmed(visit.form["note"]);
    core::need_short(problems, "note", a.text, most_reason);
    return a;
}

std::string reason_of(Visit& visit, const std::string& status, Problems& problems) {
    const std::string reason = trimmed(visit.form["reason"]);
    core::need_short(problems, "reason", reason, most_reason);
    if (reason.empty() && (status == "declined" || status == "not_ours"))
        problems.add("reason", tr_noop("Please say why: people read this beside the status."));
    return reason;
}

http::Response one_status(Visit& visit) {
    const auto s = subject(visit);
    need_answerable(s.c);
    const std::string status = code_of(visit.form["status"]);
    Problems problems;
    if (!can_choose(status) || visit.form["status"].empty())
        problems.add("status", tr_noop("Please choose one of the words offered."));
    else if (!may_set(visit, s.desk, status))
        throw NotAllowed(tr_noop("Only those who may publish can set this status."));
    const auto reason = reason_of(visit, status, problems);
    if (problems.any()) return again(visit, s, "status", problems);
    if (core::changed_meanwhile(visit, desk_ref(s.c.id)))
        return again(visit, s, "status", {}, core::meanwhile_notice(visit, desk_ref(s.c.id)));
    if (status != s.c.status || reason != s.c.status_reason) set_statuses(visit, s.desk, {s.c}, status, reason);
    return visit.go(s.desk.path_to(s.c.id), tr_noop("The status is changed. It can be taken back for a day."));
}

http::Response one_answer(Visit& visit) {
    const auto s = subject(visit);
    need_answerable(s.c);
    if (visit.form.has("insert")) {
        Form values = visit.form;
        values.set("body", with_block(visit, s.desk, visit.form, &s.c));
        return one_view(visit, s.desk, s.c, {"answer", &values});
    }
    auto checked = check(visit.form, Kind::answer);
    Problems problems = checked ? Problems{} : checked.problems();
    const auto office = core::read_department(visit, problems);
    if (problems.any()) return again(visit, s, "answer", problems);
    if (core::changed_meanwhile(visit, desk_ref(s.c.id)))
        return again(visit, s, "answer", {}, core::meanwhile_notice(visit, desk_ref(s.c.id)));
    Whole whole = *checked;
    whole.item.procedure = s.desk.procedure.id, whole.item.organisation = office;
    whole.contributions = {s.c.id};
    if (visit.form.has("hand_in")) whole.item.state = core::State::handed_in;
    const ItemId id = keep(visit, whole);
    note_desk(visit, s.c.id);
    visit.record("answers.created", ref_of(id), "contribution " + std::to_string(s.c.id.value));
    if (visit.form.has("publish") && may_publish(visit, s.desk.procedure.organisation)) {
        move(visit, s.desk, *find(visit.tx, visit.tenant.id, id), core::State::published);
        return visit.go(s.desk.path_to(s.c.id), tr_noop("The answer is public. Those it is about are told."));
    }
    return visit.go(s.desk.path_to(s.c.id), whole.item.state == core::State::handed_in
                                                ? tr_noop("The answer waits for its release.")
                                                : tr_noop("The draft is saved."));
}

http::Response one_assign(Visit& visit) {
    const auto s = subject(visit);
    visit.need(write_action, s.desk.procedure.organisation);
    if (const auto why = why_no_task(s.c)) throw Conflict(*why);
    Problems problems;
    const auto assignment = read_assignment(visit, problems);
    if (problems.any()) return again(visit, s, "assign", problems);
    assign(visit, s.desk, {s.c}, assignment);
    return visit.go(s.desk.path_to(s.c.id), tr_noop("It is assigned."));
}

http::Response one_done(Visit& visit) {
    const auto s = subject(visit);
    finish_tasks(visit, s.c.id);
    note_desk(visit, s.c.id);
    visit.record("answers.task_done", {s.c.module, s.c.id.value});
    return visit.go(s.desk.path_to(s.c.id), tr_noop("The assignment is done."));
}

http::Response one_join(Visit& visit) {
    const auto s = subject(visit);
    visit.need(write_action, s.desk.procedure.organisation);
    if (!may_publish(visit, s.desk.procedure.organisation))
        throw NotAllowed(tr_noop("Only those who may publish can join contributions."));
    Problems problems;
    const auto numbers = read_numbers(visit.form["stays"], "stays");
    if (!numbers) return again(visit, s, "join", numbers.problems());
    const auto stays =
        numbers->size() == 1 ? core::find_contribution(visit.tx, visit.tenant.id, numbers->front()) : std::nullopt;
    if (!stays)
        problems.add("stays", tr_noop("Please give the number of one contribution of this procedure."));
    else if (const auto why = why_not_join(s.c, *stays))
        problems.add("stays", *why);
    if (problems.any()) return again(visit, s, "join", problems);
    join(visit, s.desk, s.c, *stays);
    return visit.go(s.desk.path_to(stays->id), tr_noop("The two are joined. Both authors are told."));
}

http::Response one_part(Visit& visit) {
    const auto s = subject(visit);
    visit.need(write_action, s.desk.procedure.organisation);
    if (!may_publish(visit, s.desk.procedure.organisation))
        throw NotAllowed(tr_noop("Only those who may publish can join contributions."));
    if (const auto why = why_not_part(visit, s.c)) throw Conflict(*why);
    part(visit, s.desk, s.c);
    return visit.go(s.desk.path_to(s.c.id), tr_noop("They are two again."));
}

}  // namespace mitwirken::answers
