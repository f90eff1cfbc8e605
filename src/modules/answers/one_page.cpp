// Everything about one contribution at the desk: what was said, what has been done, and the forms to do it.
#include <algorithm>
#include <set>

#include "answers/templates.h"
#include "core/people/people.h"
#include "core/tasks/tasks.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::Visit;
namespace t = tpl::one;

const Form& values_for(const Shown& shown, std::string_view which, const Form& initial) {
    return shown.which == which && shown.values ? *shown.values : initial;
}
const Problems& problems_for(const Shown& shown, std::string_view which) {
    return shown.which == which ? shown.problems : core::no_problems();
}

std::string version(Visit& visit, const Contribution& c) {
    return std::to_string(core::latest_revision(visit.tx, visit.tenant.id, desk_ref(c.id)));
}

void add_status_form(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c, const Shown& shown) {
    std::vector<core::Option> options;
    for (const auto& status : statuses())
        if (can_choose(status.word) && may_set(visit, desk, status.word))
            options.push_back({status.word.empty() ? "open" : std::string(status.word), visit.tr(status.name),
                               visit.tr(status.meaning)});
    if (options.empty()) return;
    Form initial;
    initial.set("status", c.status.empty() ? "open" : c.status);
    initial.set("reason", c.status_reason);
    core::FormView form(visit, values_for(shown, "status", initial), problems_for(shown, "status"));
    form.hidden("_version", version(visit, c));
    form.radios("status", tr_noop("Status"), options);
    form.area("reason", tr_noop("Reason, in public")).limit(most_reason).optional();
    page.add(t::STATUS_FORM)
        .set(t::FORM,
             form.html(
                 {.action = desk.path_to(c.id) + "/stand", .submit = tr_noop("Set the status"), .id = "form-status"}));
}

void add_answer_form(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c, const Shown& shown) {
    Form initial;
    initial.set(
        "organisation",
        std::to_string((visit.actor.organisation ? visit.actor.organisation : desk.procedure.organisation).value));
    core::FormView form(visit, values_for(shown, "answer", initial), problems_for(shown, "answer"));
    form.hidden("_version", version(visit, c));
    form.select("block", tr_noop("Text block"), block_options(visit));
    form.markdown("body", tr_noop("Answer")).limit(most_letters);
    form.select("organisation", tr_noop("Speaking department"), core::department_options(visit));
    core::FormOptions options{.action = desk.path_to(c.id) + "/antwort",
                              .submit = tr_noop("Save as a draft"),
                              .keep_draft = true,
                              .id = "form-answer"};
    options.buttons = {{"insert", "ja", tr_noop("Insert the text block")}};
    if (may_publish(visit, desk.procedure.organisation))
        options.buttons.push_back({"publish", "ja", tr_noop("Publish the answer")});
    else
        options.buttons.push_back({"hand_in", "ja", tr_noop("Hand in for release")});
    page.add(t::ANSWER_FORM).set(t::FORM, form.html(options));
}

void add_assign_form(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c, const Shown& shown) {
    const core::OfficeTask* open = nullptr;
    const auto tasks = core::tasks_of(visit.tx, visit.tenant.id, c.id);
    for (const auto& task : tasks) {
        const auto office = core::find_organisation(visit.tx, visit.tenant.id, task.organisation);
        auto line = page.add(t::TASK)
                        .set(t::OFFICE, office ? office->name : "–")
                        .set(t::DAY, visit.language.date(task.due))
                        .set(t::TEXT, task.text);
        line.show_if(task.late(visit.now), t::TASK_LATE);
        if (task.done_at) line.add(t::TASK_DONE).set(t::DAY, visit.language.date(berlin_day(*task.done_at)));
        if (task.open()) open = &task;
    }
    if (open) page.add(t::FINISH).set(t::ACTION, visit.url(desk.path_to(c.id) + "/erledigt"));
    if (!desk.whole) return;
    Form initial;
    const auto promised = due_day(desk.procedure, c);
    initial.set("department", open ? std::to_string(open->organisation.value) : "0");
    initial.set("due", open                                             ? to_iso(open->due)
                       : promised && *promised >= berlin_day(visit.now) ? to_iso(*promised)
                                                                        : "");
    initial.set("note", open ? open->text : "");
    core::FormView form(visit, values_for(shown, "assign", initial), problems_for(shown, "assign"));
    form.select("department", tr_noop("Department"), all_departments(visit));
    form.date("due", tr_noop("Due on"));
    form.area("note", tr_noop("Note for the department")).limit(most_reason).optional();
    page.add(t::ASSIGN_FORM)
        .set(
            t::FORM,
            form.html({.action = desk.path_to(c.id) + "/zuweisung", .submit = tr_noop("Assign"), .id = "form-assign"}));
}

// The words of a title one by one: what shares most of them is most similar.
std::vector<ContributionId> similar(Visit& visit, const Contribution& c, const std::string& words) {
    std::map<std::int64_t, int> hits;
    std::set<std::string> tried;
    for (const auto& word : split(words, ' ')) {
        if (letters(word) < 4 || tried.size() >= 8 || !tried.insert(word).second) continue;
        for (const auto id : search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                          .audiences = {"public"},
                                                          .text = word,
                                                          .module = c.module,
                                                          .limit = 50}))
            if (id != c.id.value) ++hits[id];
    }
    std::vector<std::pair<std::int64_t, int>> ranked(hits.begin(), hits.end());
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<ContributionId> ids;
    for (const auto& [id, count] : ranked)
        if (ids.size() < 20) ids.emplace_back(id);
    return ids;
}

void add_join(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c, const Shown& shown) {
    const auto name = [&](html::Values line, ContributionId id) {
        const auto other = core::find_contribution(visit.tx, visit.tenant.id, id);
        line.set(t::URL, visit.url(desk.path_to(id))).set(t::ID, id.value);
        line.set(t::TITLE, other ? title_of(visit, *other) : "");
    };
    for (const auto& other : joined_into(visit.tx, c.id)) name(page.add(t::DUPLICATE), other.id);
    if (c.merged_into) {
        auto box = page.add(t::JOINED);
        name(box, c.merged_into);
        if (!why_not_part(visit, c) && desk.whole)
            box.add(t::PART).set(t::ACTION, visit.url(desk.path_to(c.id) + "/trennen"));
        return;
    }
    if (!desk.whole || c.target || why_no_answer(c) || !may_publish(visit, desk.procedure.organisation)) return;
    const Form none;
    core::FormView form(visit, values_for(shown, "join", none), problems_for(shown, "join"));
    form.text("stays", tr_noop("Number of the contribution that stays")).limit(12);
    auto box = page.add(t::JOIN_FORM);
    box.set(t::FORM, form.html({.action = desk.path_to(c.id) + "/zusammenfuehren",
                                .submit = tr_noop("Join with this number"),
                                .id = "form-join"}));
    const std::string words = trimmed(visit.query["aehnlich"]);
    box.set(t::SEARCH_URL, visit.url(desk.path_to(c.id))).set(t::WORDS, words);
    int count = 0;
    for (const auto& other :
         contributions_by_id(visit.tx, visit.tenant.id, similar(visit, c, words.empty() ? c.title : words))) {
        if (why_not_join(c, other) || ++count > 5) continue;
        auto line = box.add(t::SIMILAR).set(t::ACTION, visit.url(desk.path_to(c.id) + "/zusammenfuehren"));
        name(line, other.id);
        line.set(t::SUPPORTS, visit.language.plural("{n} support", "{n} supports", other.supports));
    }
}

void add_texts(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c) {
    for (const auto& item : items_about(visit.tx, c.id)) {
        const char* below = item.kind == Kind::answer    ? "/antworten/"
                            : item.kind == Kind::outcome ? "/ergebnisse/"
                                                         : "/massnahmen/";
        const auto office = core::find_organisation(visit.tx, visit.tenant.id, item.organisation);
        auto line =
            page.add(t::ITEM)
                .set(t::URL, visit.url(desk.path(below + std::to_string(item.id.value))))
                .set(t::TITLE, item.title.empty() ? first_letters(html::markdown_to_text(item.body), 100) : item.title)
                .set(t::KIND, visit.tr(item.kind == Kind::answer    ? tr_noop("Answer")
                                       : item.kind == Kind::outcome ? tr_noop("Outcome")
                                                                    : tr_noop("Measure")))
                .set(t::STATE, visit.tr(core::state_name(item.state)))
                .set(t::STATE_PILL, core::state_class(item.state));
        if (office) line.add(t::BY).set(t::OFFICE, office->name);
    }
    for (const auto& change : history(visit.tx, c.id)) {
        auto line = page.add(t::CHANGE)
                        .set(t::STATUS, visit.tr(status_of(change.status).name))
                        .set(t::WHEN, visit.language.date_time(change.at));
        if (!change.reason.empty()) line.add(t::WHY).set(t::REASON, change.reason);
    }
}

void add_facts(Visit& visit, html::Values& page, const Desk& desk, const Contribution& c) {
    page.set(t::TITLE, title_of(visit, c)).set(t::ID, c.id.value);
    page.set(t::BODY, html::markdown(c.body, {.first_heading = 3, .by_public = true}));
    page.set(t::AUTHOR, c.author_name.empty() ? visit.tr("anonymous") : c.author_name);
    page.set(t::KIND, kind_name(visit, c)).set(t::CHANNEL, visit.tr(channel_name(c.channel)));
    page.set(t::WHEN, visit.language.date_time(c.created_at));
    page.set(t::STATE, visit.tr(state_name(c.state))).set(t::STATE_PILL, state_pill(c.state));
    page.set(t::STATUS, visit.tr(status_of(c.status).name)).set(t::STATUS_PILL, status_of(c.status).pill);
    page.set(t::SUPPORTS, visit.language.number(c.supports)).set(t::COMMENTS, visit.language.number(c.comments));
    page.set(t::LIST_URL, visit.url(desk.path("/beitraege")))
        .set(t::VERSIONS_URL, visit.url(desk.path_to(c.id) + "/verlauf"));
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, c.ref()))
        page.add(t::TOPIC).set(t::LABEL, term.name_in(visit.language.code()));
    const auto path = public_path(visit, desk, c);
    if (c.is_public() && !path.empty()) page.add(t::PUBLIC).set(t::URL, visit.url(path));
    if (const auto due = due_day(desk.procedure, c); due && c.is_public() && !core::reaction(visit.tx, c.id)) {
        auto line = page.add(t::PROMISE).set(t::DAY, visit.language.date(*due));
        line.show_if(*due < berlin_day(visit.now), t::LATE);
    }
}

}  // namespace

http::Response one_view(Visit& visit, const Desk& desk, const Contribution& c, const Shown& shown) {
    html::Values page;
    page.set(t::NOTICE, shown.notice);
    add_facts(visit, page, desk, c);
    add_texts(visit, page, desk, c);
    if (const auto why = why_no_answer(c)) {
        page.add(t::NO_ANSWER).set(t::WORDS, visit.tr(*why));
    } else {
        add_answer_form(visit, page, desk, c, shown);
        add_status_form(visit, page, desk, c, shown);
    }
    if (!why_no_task(c)) add_assign_form(visit, page, desk, c, shown);
    add_join(visit, page, desk, c, shown);
    const auto content =
        core::desk_frame(visit, desk.procedure, "/beitraege", html::render_part(t::file, page, visit.language));
    const auto head = core::desk_head(title_of(visit, c));
    return shown.status == 422 ? core::show_again(visit, head, content) : visit.page(head, content);
}

http::Response one_page(Visit& visit) {
    const Desk desk = desk_at(visit);
    return one_view(visit, desk, contribution_at(visit, desk, visit.id_parameter<ContributionId>("id")), {});
}

http::Response one_versions(Visit& visit) {
    const Desk desk = desk_at(visit);
    const auto c = contribution_at(visit, desk, visit.id_parameter<ContributionId>("id"));
    return core::versions_page(visit, desk_ref(c.id), title_of(visit, c), {title_of(visit, c), desk.path_to(c.id)});
}

}  // namespace mitwirken::answers
