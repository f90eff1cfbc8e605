// The texts of a procedure and its state: draft → published ⇄ paused.
// Invariant: what is not complete is never published; where four eyes are wanted, not by the one who asked.
#include "core/editorial/editorial.h"
#include "core/people/people.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::ProcedureRecord;
using core::ProcedureState;
using core::Visit;
constexpr std::size_t most_letters = 50'000;

struct Text {
    const char* name;
    std::string ProcedureRecord::*member;
    std::size_t most;
};
constexpr Text texts[] = {{"title", &ProcedureRecord::title, 200},
                          {"summary", &ProcedureRecord::summary, 600},
                          {"body", &ProcedureRecord::body, most_letters},
                          {"influence", &ProcedureRecord::influence, most_letters},
                          {"next_steps", &ProcedureRecord::next_steps, most_letters},
                          {"contact", &ProcedureRecord::contact, most_letters}};

Form form_of(const ProcedureRecord& record) {
    Form form;
    for (const auto& text : texts) form.set(text.name, record.*text.member);
    if (record.promise_days) form.set("promise_days", std::to_string(record.promise_days));
    form.set("organisation", std::to_string(record.organisation.value));
    if (record.listed) form.set("listed", "on");
    return form;
}

bool four_eyes(const Visit& visit) { return visit.setting_on(four_eyes_setting); }

bool may_publish(const Visit& visit, const Editing& e) {
    const bool second = e.record.submitted_by && e.record.submitted_by != visit.actor.account;
    return visit.may(publish_action, e.record.organisation) && (!four_eyes(visit) || second);
}

struct Step {
    std::string word;
    Message label;
};
// What can be done from here, by this person; `complete` for what would make it public.
std::vector<Step> steps(const Visit& visit, const Editing& e, bool complete) {
    const bool publisher = bool(visit.may(publish_action, e.record.organisation));
    switch (e.record.state) {
        case ProcedureState::draft: {
            std::vector<Step> list;
            if (complete && may_publish(visit, e)) list.push_back({"publish", tr_noop("Publish")});
            if (complete && !e.record.submitted_by && (!publisher || four_eyes(visit)))
                list.push_back({"submit", tr_noop("Ask for publication")});
            if (e.record.submitted_by) list.push_back({"return", tr_noop("Back to work")});
            return list;
        }
        case ProcedureState::published:
            return publisher ? std::vector<Step>{{"pause", tr_noop("Interrupt")}} : std::vector<Step>{};
        case ProcedureState::paused:
            return publisher && complete ? std::vector<Step>{{"resume", tr_noop("Continue")}} : std::vector<Step>{};
    }
    return {};
}

void add_state(Visit& visit, html::Values& page, const Editing& e) {
    namespace t = tpl::texts;
    page.set(t::CLASS, state_class(e.record.state)).set(t::STATE, visit.tr(state_name(e.record.state)));
    const bool draft = e.record.state == ProcedureState::draft;
    if (draft && e.record.submitted_by) {
        const auto who = core::find_account(visit.tx, e.record.submitted_by);
        page.add(t::SUBMITTED).set(t::NAME, who ? who->name : visit.tr("Somebody"));
    }
    page.show_if(draft && four_eyes(visit), t::FOUR_EYES);
    const auto address_to = [&](const Missing& one) {
        return one.where == Screen::texts ? "#form" : visit.url(e.address(std::string(below(one.where))));
    };
    const auto list = missing(visit, e);
    page.show_if(list.empty(), t::COMPLETE);
    if (!list.empty()) {
        auto box = page.add(t::INCOMPLETE);
        for (const auto& one : list) box.add(t::ITEM).set(t::URL, address_to(one)).set(t::WORDS, visit.tr(one.words));
    }
    if (const auto thoughts = advisable(visit, e); draft && !thoughts.empty()) {
        auto box = page.add(t::ADVISABLE);
        for (const auto& one : thoughts)
            box.add(t::ITEM).set(t::URL, address_to(one)).set(t::WORDS, visit.tr(one.words));
    }
    const auto buttons = steps(visit, e, list.empty());
    if (buttons.empty()) return;
    auto form = page.add(t::STEPS).set(t::ACTION, visit.url(e.address("/stand")));
    for (const auto& step : buttons) form.add(t::STEP).set(t::VALUE, step.word).set(t::LABEL, visit.tr(step.label));
}

void add_look(Visit& visit, html::Values& page, const Editing& e) {
    namespace t = tpl::texts;
    page.set(t::LOOK_URL, visit.url("/verfahren/" + e.record.key)).set(t::DAY, to_iso(berlin_day(visit.now)));
    page.add(t::TRACK).set(t::KEY, "").set(t::LABEL, visit.tr("All"));
    for (const auto& track : e.plan.tracks) page.add(t::TRACK).set(t::KEY, track.key).set(t::LABEL, track.label);
}

html::SafeHtml fields(Visit& visit, const Editing& e, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(visit, e));
    form.text("title", tr_noop("Title")).limit(200);
    form.area("summary", tr_noop("Summary")).hint(tr_noop("Two sentences for lists and search engines.")).limit(600);
    form.markdown("body", tr_noop("Text")).hint(tr_noop("What it is about.")).optional();
    form.markdown("influence", tr_noop("What people can influence"))
        .hint(tr_noop("Say also what is decided already."))
        .optional();
    form.markdown("next_steps", tr_noop("What happens next")).optional();
    form.markdown("contact", tr_noop("Contact")).optional();
    form.number("promise_days", tr_noop("Days until the answer"))
        .hint(tr_noop("The promise stands on the public page. Empty: none."))
        .optional();
    if (visit.actor.role != core::Role::editor) {
        std::vector<core::Option> options{{"0", visit.tr("– none –")}};
        for (const auto& one : core::organisations(visit.tx, visit.tenant.id))
            options.push_back({std::to_string(one.id.value), one.name});
        form.select("organisation", tr_noop("Department"), options);
    }
    form.check("listed", tr_noop("Stands in lists"))
        .hint(tr_noop("Without it only those who know the address find the procedure."));
    return form.html({.action = e.address(), .cancel = editing_base, .keep_draft = true});
}

html::SafeHtml content(Visit& visit, const Editing& e, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice, const html::SafeHtml& refusal = {}) {
    namespace t = tpl::texts;
    html::Values page;
    page.set(t::SUMMARY, refusal).set(t::NOTICE, notice);
    add_state(visit, page, e);
    add_look(visit, page, e);
    page.set(t::FORM, fields(visit, e, values, problems));
    return html::render_part(t::file, page, visit.language);
}

ProcedureRecord typed(Visit& visit, const Editing& e, Problems& problems) {
    ProcedureRecord record = e.record;
    for (const auto& text : texts) {
        record.*text.member = trimmed(visit.form[text.name]);
        core::need_short(problems, text.name, record.*text.member, text.most);
    }
    if (record.title.empty()) problems.add("title", tr_noop("Please give a title."));
    const std::string days = trimmed(visit.form["promise_days"]);
    const auto number = to_int(days);
    if (!days.empty() && (!number || *number < 1 || *number > 3650))
        problems.add("promise_days", tr_noop("Please give a number of days from 1 to 3650."));
    else
        record.promise_days = number.value_or(0);
    record.listed = visit.form["listed"] == "on";
    if (visit.actor.role == core::Role::editor) return record;  // they cannot give it away
    record.organisation = core::read_department(visit, problems);
    return record;
}

// The matter is public as soon as one of its procedures is.
void publish_dossier(Visit& visit, const Editing& e) {
    auto dossier = core::find_dossier(visit.tx, visit.tenant.id, e.record.dossier);
    if (!dossier || dossier->state != core::DossierState::draft) return;
    dossier->state = core::DossierState::published;
    core::save_dossier(visit.tx, visit.tenant.id, *dossier, visit.now);
}

void go_public(Visit& visit, Editing& e) {
    e.record.state = ProcedureState::published;
    e.record.submitted_by = {};
    if (!e.record.published_at) e.record.published_at = visit.now;
    publish_dossier(visit, e);
}

bool needs_completeness(const std::string& word) { return word == "publish" || word == "submit" || word == "resume"; }

}  // namespace

http::Response texts_page(Visit& visit) {
    const auto e = editing(visit);
    return show(visit, e, Screen::texts, content(visit, e, form_of(e.record), {}, {}));
}

http::Response save_texts(Visit& visit) {
    const auto e = editing(visit);
    Problems problems;
    auto record = typed(visit, e, problems);
    if (problems.any()) return show_again(visit, e, Screen::texts, content(visit, e, visit.form, problems, {}));
    if (changed_meanwhile(visit, e))
        return show_again(visit, e, Screen::texts, content(visit, e, visit.form, {}, meanwhile(visit, e)));
    keep_texts(visit, e, std::move(record));
    return visit.go(e.address(), tr_noop("Saved."));
}

http::Response change_state(Visit& visit) {
    auto e = editing(visit);
    const std::string word = visit.form["step"];
    const bool publisher_only = word == "publish" || word == "pause" || word == "resume";
    if (publisher_only) visit.need(publish_action, e.record.organisation);
    if (word == "publish" && e.record.state == ProcedureState::draft && !may_publish(visit, e))
        throw NotAllowed(tr_noop("A second person has to publish: not the one who asked for it."));
    const auto list = missing(visit, e);
    if (needs_completeness(word) && !list.empty()) {
        Problems problems;
        for (const auto& one : list) problems.add("", one.words);
        return show_again(visit, e, Screen::texts,
                          content(visit, e, form_of(e.record), {}, {}, core::error_summary(visit, problems)));
    }
    const auto possible = steps(visit, e, true);
    if (std::none_of(possible.begin(), possible.end(), [&](const Step& step) { return step.word == word; }))
        throw Conflict(tr_noop("This step is not possible from the present state."));
    if (word == "publish" || word == "resume") go_public(visit, e);
    if (word == "pause") e.record.state = ProcedureState::paused;
    if (word == "submit") e.record.submitted_by = visit.actor.account;
    if (word == "return") e.record.submitted_by = {};
    core::save_procedure(visit.tx, visit.tenant.id, e.record, visit.now);
    visit.record("procedures.state", e.record.ref(), word);
    make_pages_stale(visit, e.record);
    if (publisher_only) announce(visit, e);
    if (word == "publish")
        visit.publish(core::ItemPublished{e.record.ref(), e.record.title, "/verfahren/" + e.record.key, "procedure"});
    return visit.go(e.address(), tr_noop("The state is changed."));
}

http::Response versions(Visit& visit) {
    const auto e = editing(visit);
    return core::versions_page(visit, e.record.ref(), e.record.title, {e.record.title, e.address()});
}

}  // namespace mitwirken::procedures
