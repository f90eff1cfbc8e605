// One act on many contributions: what was ticked, a summary of what will change, and then all of it in one transaction.
// Invariant: nothing is changed before the summary; when somebody else changed one of them since, the summary comes
// back.
#include <algorithm>

#include "answers/templates.h"
#include "core/people/people.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::Visit;
namespace t = tpl::bulk;

enum class Act { status, assign, answer };

struct Selection {
    std::string what;  // as the form says it
    Act act = Act::status;
    std::string status;  // of Act::status
    std::vector<Contribution> chosen;
    std::vector<std::pair<Contribution, Message>> left_out;
};

std::optional<Act> act_of(Visit& visit, const Desk& desk, const std::string& what) {
    if (what == "zuweisen" && desk.whole) return Act::assign;
    if (what == "antworten") return Act::answer;
    if (starts_with(what, "stand:") && can_choose(what.substr(6)) && may_set(visit, desk, what.substr(6)))
        return Act::status;
    return {};
}

std::vector<ContributionId> ticked(Visit& visit, const Desk& desk, Problems& problems) {
    std::vector<ContributionId> ids;
    if (visit.form["alle"] == "ja") {
        auto filter = filter_of(visit, desk, parse_query(visit.form["filter"]));
        for (const auto& c : desk_list(visit.tx, visit.tenant.id, filter, int(most_at_once) + 1)) ids.push_back(c.id);
    } else {
        for (const auto& text : visit.form.all("c"))
            if (const auto number = to_int(text); number && *number > 0) ids.emplace_back(*number);
    }
    if (ids.empty()) problems.add("", tr_noop("Please tick at least one contribution."));
    if (ids.size() > most_at_once)
        problems.add("", tr_noop("These are too many contributions at once: at most 1,000."));
    return ids;
}

// What is not in reach is not there; what nothing can be done to is said.
Selection selected(Visit& visit, const Desk& desk, Act act, const std::string& what,
                   const std::vector<ContributionId>& ids) {
    Selection s{what, act, act == Act::status ? what.substr(6) : "", {}, {}};
    for (auto& c : contributions_by_id(visit.tx, visit.tenant.id, ids)) {
        if (!in_reach(visit, desk, c)) continue;
        const auto why = act == Act::assign ? why_no_task(c) : why_no_answer(c);
        if (why)
            s.left_out.emplace_back(std::move(c), *why);
        else
            s.chosen.push_back(std::move(c));
    }
    return s;
}

std::string words_before(Visit& visit, const Selection& s, const Contribution& c, const std::vector<Assigned>& tasks) {
    if (s.act != Act::assign) return visit.tr(status_of(c.status).name);
    for (const auto& task : tasks)
        if (task.contribution == c.id) {
            const auto office = core::find_organisation(visit.tx, visit.tenant.id, task.organisation);
            return (office ? office->name : "–") + ", " + visit.language.date_short(task.due);
        }
    return visit.tr("nobody");
}

void fill_lines(Visit& visit, html::Values& page, const Desk& desk, const Selection& s) {
    std::vector<ContributionId> ids;
    for (const auto& c : s.chosen) ids.push_back(c.id);
    const auto tasks = assigned(visit.tx, ids);
    const auto answered = answered_among(visit.tx, ids);
    page.set(t::COUNT, visit.language.plural("{n} contribution will change", "{n} contributions will change",
                                             std::int64_t(s.chosen.size())));
    page.show_if(s.chosen.size() <= 20, t::UNFOLDED);
    for (const auto& c : s.chosen) {
        auto line = page.add(t::LINE)
                        .set(t::URL, visit.url(desk.path_to(c.id)))
                        .set(t::TITLE, title_of(visit, c))
                        .set(t::ID, c.id.value)
                        .set(t::BEFORE, words_before(visit, s, c, tasks));
        if (s.act == Act::status) line.add(t::AFTER).set(t::WORDS, visit.tr(status_of(s.status).name));
        if (s.act == Act::assign) line.add(t::AFTER).set(t::WORDS, visit.tr("the department below"));
        if (s.act == Act::answer) {
            const bool again = std::find(answered.begin(), answered.end(), c.id) != answered.end();
            line.add(t::AFTER).set(t::WORDS,
                                   visit.tr(again ? tr_noop("a further answer") : tr_noop("its first answer")));
        }
    }
    for (const auto& [c, why] : s.left_out)
        page.add(t::LEFT_OUT).set(t::TITLE, title_of(visit, c)).set(t::ID, c.id.value).set(t::WORDS, visit.tr(why));
}

html::SafeHtml form_of(Visit& visit, const Desk& desk, const Selection& s, const Form& values,
                       const Problems& problems) {
    core::FormView form(visit, values, problems);
    std::string ids;
    for (const auto& c : s.chosen) ids += (ids.empty() ? "" : ",") + std::to_string(c.id.value);
    form.hidden("was", s.what);
    form.hidden("beitraege", ids);
    form.hidden("gesehen", std::to_string(visit.now.time_since_epoch().count()));
    core::FormOptions options{.action = desk.path("/beitraege/ausfuehren"),
                              .submit = tr_noop("Change them all now"),
                              .cancel = desk.path("/beitraege"),
                              .id = "bulk-form"};
    if (s.act == Act::status) {
        form.area("reason", tr_noop("Reason, in public")).limit(most_reason).optional();
    } else if (s.act == Act::assign) {
        form.select("department", tr_noop("Department"), all_departments(visit));
        form.date("due", tr_noop("Due on"));
        form.area("note", tr_noop("Note for the department")).limit(most_reason).optional();
        options.submit = tr_noop("Assign them all now");
    } else {
        form.text("title", tr_noop("Title")).limit(most_title).hint(tr_noop("The answer has a page of its own."));
        form.select("block", tr_noop("Text block"), block_options(visit));
        form.markdown("body", tr_noop("Answer")).limit(most_letters);
        form.select("organisation", tr_noop("Speaking department"), core::department_options(visit));
        options.submit = tr_noop("Save as a draft");
        options.buttons = {{"insert", "ja", tr_noop("Insert the text block")}};
        if (may_publish(visit, desk.procedure.organisation))
            options.buttons.push_back({"publish", "ja", tr_noop("Publish for all")});
        options.keep_draft = true;
    }
    return form.html(options);
}

http::Response summary(Visit& visit, const Desk& desk, const Selection& s, const Form& values, const Problems& problems,
                       const std::vector<std::string>& changed = {}) {
    html::Values page;
    std::string act;
    if (s.act == Act::status)
        act = visit.tr(tr_noop("Status: {status}", {{"status", visit.tr(status_of(s.status).name)}}));
    else
        act = visit.tr(s.act == Act::assign ? tr_noop("Assign to a department") : tr_noop("Answer with one text"));
    page.set(t::TITLE, act);
    fill_lines(visit, page, desk, s);
    for (const auto& words : changed) page.add(t::CHANGED).set(t::WORDS, words);
    page.set(t::FORM, form_of(visit, desk, s, values, problems));
    const auto content =
        core::desk_frame(visit, desk.procedure, "/beitraege", html::render_part(t::file, page, visit.language));
    const auto head = core::desk_head(act + ": " + desk.procedure.title);
    return problems.any() || !changed.empty() ? core::show_again(visit, head, content) : visit.page(head, content);
}

// What somebody else did to them after this person saw the summary.
std::vector<std::string> changed_since(Visit& visit, const Selection& s) {
    const Timestamp seen{std::chrono::milliseconds{to_int(visit.form["gesehen"]).value_or(0)}};
    std::vector<ContributionId> ids;
    for (const auto& c : s.chosen) ids.push_back(c.id);
    const auto written = written_after(visit.tx, ids, seen);
    std::vector<std::string> words;
    for (const auto& c : s.chosen)
        if (c.changed_at > seen || std::find(written.begin(), written.end(), c.id) != written.end())
            words.push_back(visit.tr(
                tr_noop("No. {number}, “{title}”: now {status}", {{"number", std::to_string(c.id.value)},
                                                                  {"title", title_of(visit, c)},
                                                                  {"status", visit.tr(status_of(c.status).name)}})));
    return words;
}

http::Response set_status_of_all(Visit& visit, const Desk& desk, const Selection& s) {
    Problems problems;
    const auto reason = reason_of(visit, s.status, problems);
    if (problems.any()) return summary(visit, desk, s, visit.form, problems);
    set_statuses(visit, desk, s.chosen, s.status, reason);
    return visit.go(desk.path("/beitraege"), tr_noop("The status is changed. It can be taken back for a day."));
}

http::Response assign_all(Visit& visit, const Desk& desk, const Selection& s) {
    Problems problems;
    const auto assignment = read_assignment(visit, problems);
    if (problems.any()) return summary(visit, desk, s, visit.form, problems);
    assign(visit, desk, s.chosen, assignment);
    return visit.go(desk.path("/beitraege"), tr_noop("They are assigned."));
}

http::Response answer_all(Visit& visit, const Desk& desk, const Selection& s) {
    if (visit.form.has("insert")) {
        Form values = visit.form;
        values.set("body", with_block(visit, desk, visit.form, nullptr));
        return summary(visit, desk, s, values, {});
    }
    auto checked = check(visit.form, Kind::answer);
    Problems problems = checked ? Problems{} : checked.problems();
    const auto office = core::read_department(visit, problems);
    if (trimmed(visit.form["title"]).empty() && s.chosen.size() > 1)
        problems.add("title", tr_noop("Please give a title."));
    if (s.chosen.size() > 1 && names_one_contribution(visit.form["body"]))
        problems.add("body", tr_noop("This text goes to many: {titel} and {nummer} cannot stand in it."));
    if (problems.any()) return summary(visit, desk, s, visit.form, problems);
    Whole whole = *checked;
    whole.item.procedure = desk.procedure.id, whole.item.organisation = office;
    for (const auto& c : s.chosen) whole.contributions.push_back(c.id);
    const ItemId id = keep(visit, whole);
    visit.record("answers.created", ref_of(id), std::to_string(s.chosen.size()) + " contributions");
    for (const auto& c : s.chosen) note_desk(visit, c.id);
    const std::string path = desk.path("/antworten/" + std::to_string(id.value));
    if (!visit.form.has("publish") || !may_publish(visit, desk.procedure.organisation))
        return visit.go(path, tr_noop("The draft is saved."));
    move(visit, desk, *find(visit.tx, visit.tenant.id, id), core::State::published);
    return visit.go(path, tr_noop("The answer is public. Those it is about are told."));
}

}  // namespace

http::Response choose(Visit& visit) {
    const Desk desk = desk_at(visit);
    Problems problems;
    const auto act = act_of(visit, desk, visit.form["was"]);
    if (!act) problems.add("", tr_noop("Please choose what is to be done."));
    const auto ids = ticked(visit, desk, problems);
    if (problems.any()) return list_view(visit, desk, parse_query(visit.form["filter"]), problems);
    const auto s = selected(visit, desk, *act, visit.form["was"], ids);
    if (s.chosen.empty()) {
        problems.add("", s.left_out.empty() ? tr_noop("None of these contributions is in this procedure.")
                                            : s.left_out.front().second);
        return list_view(visit, desk, parse_query(visit.form["filter"]), problems);
    }
    Form values;
    values.set("organisation", std::to_string(visit.actor.organisation.value));
    if (desk.procedure.promise_days)
        values.set("due", to_iso(add_days(berlin_day(visit.now),
                                          int(std::min<std::int64_t>(desk.procedure.promise_days, 14)))));
    return summary(visit, desk, s, values, {});
}

http::Response carry_out(Visit& visit) {
    const Desk desk = desk_at(visit);
    const auto act = act_of(visit, desk, visit.form["was"]);
    const auto ids = read_numbers(visit.form["beitraege"], "");
    Problems problems;
    if (!act) problems.add("", tr_noop("Please choose what is to be done."));
    if (!ids)
        problems.append(ids.problems());
    else if (ids->empty())
        problems.add("", tr_noop("Please tick at least one contribution."));
    if (problems.any()) return list_view(visit, desk, {}, problems);
    const auto s = selected(visit, desk, *act, visit.form["was"], *ids);
    if (s.chosen.empty()) {
        problems.add("", tr_noop("Nothing is left to change: others have dealt with all of these in the meantime."));
        return list_view(visit, desk, {}, problems);
    }
    const auto changed = changed_since(visit, s);
    if (!changed.empty()) return summary(visit, desk, s, visit.form, {}, changed);
    if (s.act == Act::status) return set_status_of_all(visit, desk, s);
    return s.act == Act::assign ? assign_all(visit, desk, s) : answer_all(visit, desk, s);
}

http::Response take_back_page(Visit& visit) {
    const Desk desk = whole_desk_at(visit);
    const auto batch = find_batch(visit.tx, visit.tenant.id, visit.id_parameter<BatchId>("batch"));
    if (!batch || batch->procedure != desk.procedure.id) throw NotFound();
    if (!may_set(visit, desk, batch->status))
        throw NotAllowed(tr_noop("Only those who may publish can take this status back."));
    if (batch->undone_at) throw Conflict(tr_noop("This was taken back already."));
    if (batch->at < visit.now - std::chrono::hours{24})
        throw Conflict(tr_noop("This was more than a day ago. Please set a new status instead."));
    const auto undone = undo(visit, desk, *batch);
    return visit.go(
        desk.path("/beitraege"),
        undone.left == 0
            ? tr_noop("The status is as it was before.")
            : tr_noop("{back} are as they were before; {left} were changed again since and stay.",
                      {{"back", std::to_string(undone.taken_back)}, {"left", std::to_string(undone.left)}}));
}

}  // namespace mitwirken::answers
