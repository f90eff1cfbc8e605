// Reading ideas, handing them in, changing them, supporting them.
#include "modules/ideas/pages.h"

#include "core/drafts/drafts.h"
#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "platform/base/text.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

namespace {

using core::Contribution;
using core::ContributionFilter;
using core::Visit;

std::string base(const Visit& visit) { return core::path_of(visit, visit.place().procedure, *visit.place().activity); }

Settings settings(const Visit& visit) { return settings_of(visit.place().activity->settings); }

core::PlaceRules place_rules(const Visit& visit) {
    return core::place_rules(visit.place().activity->settings, visit.place().procedure);
}

// Everything that was typed, or all that stands in the way of it.
Result<NewIdea> typed(Visit& visit) {
    auto idea = check(visit.form, settings(visit));
    auto place = core::read_place(visit, visit.form, place_rules(visit));
    Problems problems;
    if (!idea) problems.append(idea.problems());
    if (!place) problems.append(place.problems());
    if (problems.any()) return problems;
    (*idea).place = *place;
    return idea;
}

// The idea of the address, of this activity; hidden ones and drafts are only their author's.
Contribution idea_of(Visit& visit) {
    const auto idea =
        core::find_contribution(visit.tx, visit.tenant.id, visit.id_parameter<core::ContributionId>("idea"));
    if (!idea || idea->activity != visit.place().activity->id || idea->kind != kind) throw NotFound();
    return *idea;
}

bool is_own(Visit& visit, const Contribution& idea) {
    const auto* participant = visit.participant();
    return participant && idea.participant == participant->id;
}

Contribution own_idea(Visit& visit) {
    const auto idea = idea_of(visit);
    if (!is_own(visit, idea)) throw NotAllowed(tr_noop("Only the author can change this idea."));
    return idea;
}

std::vector<core::Option> topic_options(Visit& visit) {
    std::vector<core::Option> options;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        options.push_back({term.key, term.name_in(visit.language.code())});
    return options;
}

std::vector<core::TermId> topics_of(Visit& visit, const NewIdea& idea) {
    std::vector<core::TermId> ids;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        if (std::find(idea.topics.begin(), idea.topics.end(), term.key) != idea.topics.end()) ids.push_back(term.id);
    return ids;
}

void add_own_fields(core::FormView& form, const Settings& s) {
    for (const auto& field : s.fields) {
        const std::string name = "field-" + field.key;
        const Message label = tr_noop("{label}", {{"label", field.label}});
        core::Field* added = nullptr;
        if (field.kind == OwnField::Kind::choice) {
            std::vector<core::Option> options;
            for (const auto& option : field.options) options.push_back({option, option});
            added = &form.radios(name, label, options);
        } else {
            added = field.kind == OwnField::Kind::long_text ? &form.area(name, label) : &form.text(name, label);
        }
        if (!field.required) added->optional();
    }
}

html::SafeHtml idea_form(Visit& visit, const Form& values, const Problems& problems, const std::string& action,
                         bool is_new) {
    const Settings s = settings(visit);
    core::FormView form(visit, values, problems);
    if (is_new) form.part(core::needs_of(visit, "contribute").notice);
    form.text("title", tr_noop("Your idea in a few words")).limit(120);
    form.area("body", tr_noop("What do you propose, and why?")).limit(s.most_letters);
    if (s.topics) form.choices("topics", tr_noop("Topics"), topic_options(visit)).optional();
    core::add_place_field(visit, form, values, problems, place_rules(visit));
    add_own_fields(form, s);
    if (is_new) core::add_person_fields(visit, form);
    core::FormOptions options{.action = action,
                              .submit = is_new ? tr_noop("Hand in") : tr_noop("Save"),
                              .cancel = base(visit),
                              .keep_draft = true};
    if (is_new) options.buttons = {core::draft_button()};
    return form.html(options);
}

html::SafeHtml framed(const Visit& visit, const html::SafeHtml& head, const html::SafeHtml& content) {
    html::Values values;
    values.set(tpl::form::HEAD, head).set(tpl::form::CONTENT, content);
    return html::render_part(tpl::form::file, values, visit.language);
}

http::Response form_page(Visit& visit, const Form& values, const Problems& problems, const std::string& action,
                         bool is_new) {
    const std::string title = visit.tr(is_new ? "Hand in an idea" : "Change the idea");
    const auto& place = visit.place();
    const auto head = core::page_head(visit, {.title = title,
                                              .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                         {place.procedure.title, "/verfahren/" + place.procedure.key},
                                                         {place.activity->title, base(visit)}}});
    auto content = framed(visit, head, idea_form(visit, values, problems, action, is_new));
    const core::PageHead page{.title = title + " – " + place.procedure.title, .kind = "form", .index = false};
    return problems.any() ? core::show_again(visit, page, content) : visit.page(page, content);
}

void index(Visit& visit, const Contribution& idea) {
    core::index_contribution(visit, idea, core::path_of(visit, idea));
}

}  // namespace

core::ContributionFilter filter_of(Visit& visit) {
    using Sort = ContributionFilter::Sort;
    ContributionFilter f{.activity = visit.place().activity->id, .kind = std::string(kind)};
    const std::string& sort = visit.query["sortierung"];
    f.sort = sort == "unterstuetzt" ? Sort::supports : sort == "besprochen" ? Sort::comments : Sort::newest;
    if (sort == "zufall") {
        f.sort = Sort::random;
        f.seed = to_int(visit.query["reihe"]).value_or(visit.now.time_since_epoch().count() / 3'600'000);
    }
    for (const auto& key : visit.query.all("thema"))
        if (const auto term = core::find_term(visit.tx, visit.tenant.id, "topic", key)) f.terms.push_back(term->id);
    if (visit.query.has("stand")) f.status = visit.query["stand"] == "offen" ? "" : visit.query["stand"];
    if (const std::string text = trimmed(visit.query["q"]); !text.empty()) {
        f.among.emplace();
        for (const auto id : search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                          .audiences = {"public"},
                                                          .text = text,
                                                          .module = "ideas",
                                                          .limit = 500}))
            f.among->push_back(core::ContributionId{id});
    }
    const auto after = split(visit.query["nach"], '.');
    if (after.size() == 2) f.after = {to_int(after[0]).value_or(0), core::ContributionId{to_int(after[1]).value_or(0)}};
    return f;
}

http::Response list_page(Visit& visit) {
    auto filter = filter_of(visit);
    auto ideas = core::contributions(visit.tx, visit.tenant.id, filter, page_size + 1);
    std::string next;
    if (ideas.size() > page_size) {
        ideas.pop_back();
        const auto key = core::key_of(ideas.back(), filter);
        next = visit.with("nach", std::to_string(key.value) + "." + std::to_string(key.id.value));
    }
    const auto& place = visit.place();
    auto counted = filter;
    counted.after.reset();
    return visit.page(
        {.title = place.activity->title + " – " + place.procedure.title, .navigation = "/verfahren", .kind = "list"},
        list_view(visit, ideas, next, core::count_contributions(visit.tx, visit.tenant.id, counted)));
}

http::Response detail_page(Visit& visit) {
    const auto idea = idea_of(visit);
    const bool own = is_own(visit, idea);
    const bool staff = visit.may(core::edit_procedures_action, visit.place().procedure.organisation).allowed;
    if (!idea.is_public() && !own && !staff) throw NotFound();
    return visit.page({.title = idea.title + " – " + visit.place().procedure.title,
                       .description = idea.body,
                       .navigation = "/verfahren"},
                      detail_view(visit, idea, own));
}

http::Response new_page(Visit& visit) {
    const auto needs = core::needs_of(visit, "contribute");
    if (!needs.open && !needs.later) {
        const auto& place = visit.place();
        const auto head =
            core::page_head(visit, {.title = visit.tr("Hand in an idea"),
                                    .crumbs = {{place.procedure.title, "/verfahren/" + place.procedure.key},
                                               {place.activity->title, base(visit)}}});
        return visit.page({.title = visit.tr("Hand in an idea"), .kind = "form", .index = false},
                          framed(visit, head, needs.notice));
    }
    return form_page(visit, core::draft_of(visit), {}, base(visit) + "/neu", true);
}

http::Response add(Visit& visit) {
    if (core::asks_for_address(visit.form)) return form_page(visit, visit.form, {}, base(visit) + "/neu", true);
    const std::string wanted = trimmed(visit.form["title"]);
    if (auto later = core::keep_for_later(visit, wanted.empty() ? visit.place().activity->title : wanted))
        return std::move(*later);
    const auto idea = typed(visit);
    Problems problems = core::check_person(visit);
    if (!idea) problems.append(idea.problems());
    if (problems.any()) return form_page(visit, visit.form, problems, base(visit) + "/neu", true);
    core::NewContribution c{.module = "ideas", .kind = std::string(kind), .title = idea->title, .body = idea->body};
    c.place = idea->place.json;
    c.lon = idea->place.lon;
    c.lat = idea->place.lat;
    c.original = original_of(*idea);
    const auto taken = core::take(visit, std::move(c), "contribute");
    core::drop_draft(visit);
    save_fields(visit.tx, visit.tenant.id, visit.place().activity->id, taken.id, idea->fields);
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, taken.id);
    core::classify(visit.tx, visit.tenant.id, stored.ref(), topics_of(visit, *idea));
    index(visit, stored);
    return core::thank(visit, taken, core::path_of(visit, stored));
}

http::Response edit_page(Visit& visit) {
    const auto idea = own_idea(visit);
    if (!may_edit(idea, settings(visit), visit.now))
        throw NotAllowed(tr_noop("The time for changes is over. You can still withdraw the idea."));
    std::vector<std::string> topics;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, idea.ref())) topics.push_back(term.key);
    Form values = to_form(idea, fields_of(visit.tx, idea.id), topics);
    return form_page(visit, values, {}, core::path_of(visit, idea) + "/bearbeiten", false);
}

http::Response edit(Visit& visit) {
    const auto idea = own_idea(visit);
    if (!may_edit(idea, settings(visit), visit.now))
        throw NotAllowed(tr_noop("The time for changes is over. You can still withdraw the idea."));
    const std::string path = core::path_of(visit, idea);
    if (core::asks_for_address(visit.form)) return form_page(visit, visit.form, {}, path + "/bearbeiten", false);
    const auto changed = typed(visit);
    if (!changed) return form_page(visit, visit.form, changed.problems(), path + "/bearbeiten", false);
    core::reword(visit.tx, idea,
                 {changed->title, changed->body, changed->place.json, changed->place.lon, changed->place.lat,
                  original_of(*changed)},
                 visit.now);
    save_fields(visit.tx, visit.tenant.id, idea.activity, idea.id, changed->fields);
    core::classify(visit.tx, visit.tenant.id, idea.ref(), topics_of(visit, *changed));
    core::note_interaction(visit.tx, visit.occasion("contribute"), idea.participant, "edit", idea.id,
                           core::Channel::online, visit.now);
    index(visit, *core::find_contribution(visit.tx, visit.tenant.id, idea.id));
    return visit.go(path, tr_noop("Your change is saved. Earlier wordings stay in the history."));
}

http::Response withdraw(Visit& visit) {
    const auto idea = own_idea(visit);
    core::set_state(visit.tx, idea, core::ContributionState::withdrawn, visit.now);
    core::note_interaction(visit.tx, visit.occasion("contribute"), idea.participant, "withdraw", idea.id,
                           core::Channel::online, visit.now);
    search::remove(visit.tx, "ideas", idea.id.value);
    return visit.go(base(visit), tr_noop("Your idea is withdrawn. Nobody else sees it any more."));
}

http::Response support(Visit& visit) {
    const auto idea = idea_of(visit);
    if (!idea.is_public() || idea.merged_into) throw NotAllowed(tr_noop("This idea cannot be supported any more."));
    core::need_person(visit);
    const auto who = visit.need_participant().id;
    const auto occasion = visit.occasion("support");
    if (visit.form["zuruecknehmen"] == "ja")
        core::take_support_back(visit.tx, occasion, idea, who, visit.now);
    else
        core::support(visit.tx, occasion, idea, who, visit.now);
    return visit.go(core::path_of(visit, idea));
}

}  // namespace mitwirken::ideas
