// Handing ideas in and changing them: the form, what is asked before it is sent ("Is it there already?", "This is how
// it will look"), and what becomes of it.
#include <algorithm>

#include "core/drafts/drafts.h"
#include "core/forms/guard.h"
#include "core/participation/taking_part.h"
#include "core/taxonomy/taxonomy.h"
#include "ideas/templates.h"
#include "modules/ideas/own_fields.h"
#include "modules/ideas/pages.h"
#include "modules/ideas/photos.h"
#include "platform/base/text.h"
#include "platform/geo/geo.h"
#include "platform/search/search.h"

namespace mitwirken::ideas {

namespace {

using core::Contribution;
using core::Visit;

// Which form: of a new idea, or of one that its author changes.
struct Shown {
    std::string action;
    const Contribution* idea;
};

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

std::vector<core::Option> topic_options(Visit& visit) {
    std::vector<core::Option> options;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        options.push_back({term.key, term.name_in(visit.language.code())});
    return options;
}

// What was chosen, and the district it lies in.
std::vector<core::TermId> terms_of(Visit& visit, const NewIdea& idea) {
    std::vector<core::TermId> ids;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        if (std::find(idea.topics.begin(), idea.topics.end(), term.key) != idea.topics.end()) ids.push_back(term.id);
    if (!idea.place.lon || !idea.place.lat) return ids;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "district")) {
        if (!geo::inside({*idea.place.lon, *idea.place.lat}, core::outline_of(term))) continue;
        ids.push_back(term.id);
        break;
    }
    return ids;
}

html::SafeHtml idea_form(Visit& visit, const Form& values, const Problems& problems, const Shown& shown) {
    const Settings s = settings(visit);
    const bool is_new = !shown.idea;
    core::FormView form(visit, values, problems);
    if (is_new) {
        form.part(core::needs_of(visit, "contribute").notice);
        form.hidden("_step", "look");
    }
    form.text("title", tr_noop("Your idea in a few words")).limit(120);
    form.area("body", tr_noop("What do you propose, and why?")).limit(s.most_letters);
    if (s.topics) form.choices("topics", tr_noop("Topics"), topic_options(visit)).optional();
    core::add_place_field(visit, form, values, problems, place_rules(visit));
    auto photos = is_new ? std::vector<core::Attachment>{} : photos_of(visit, shown.idea->id);
    const auto waiting = waiting_photos(visit, waiting_role(visit, shown.idea));
    photos.insert(photos.end(), waiting.begin(), waiting.end());
    add_photo_fields(visit, form, values, problems, s, photos);
    add_own_fields(visit, form, s);
    if (is_new) core::add_person_fields(visit, form);
    core::FormOptions options{.action = shown.action,
                              .submit = is_new ? tr_noop("Hand in") : tr_noop("Save"),
                              .cancel = base(visit),
                              .has_files = s.most_photos > 0,
                              .keep_draft = true};
    if (is_new) options.buttons = {{"_preview", "1", tr_noop("Preview")}, core::draft_button()};
    return form.html(options);
}

html::SafeHtml framed(const Visit& visit, const html::SafeHtml& head, const html::SafeHtml& content) {
    html::Values values;
    values.set(tpl::form::HEAD, head).set(tpl::form::CONTENT, content);
    return html::render_part(tpl::form::file, values, visit.language);
}

http::Response form_page(Visit& visit, const Form& values, const Problems& problems, const Shown& shown) {
    const std::string title = visit.tr(shown.idea ? "Change the idea" : "Hand in an idea");
    const auto& place = visit.place();
    const auto head = core::page_head(visit, {.title = title,
                                              .crumbs = {{visit.tr("Procedures"), "/verfahren"},
                                                         {place.procedure.title, "/verfahren/" + place.procedure.key},
                                                         {place.activity->title, base(visit)}}});
    auto content = framed(visit, head, idea_form(visit, values, problems, shown));
    const core::PageHead page{.title = title + " – " + place.procedure.title, .kind = "form", .index = false};
    return problems.any() ? core::show_again(visit, page, content) : visit.page(page, content);
}

void index(Visit& visit, const Contribution& idea) {
    core::index_contribution(visit, idea, core::path_of(visit, idea));
}

// ---- before it is sent

std::string look_path(const Visit& visit) { return base(visit) + "/neu?schritt=pruefen"; }

// Public ideas of this activity that share words with this one, the most similar first. A word of the title counts
// two, one of the text one; three are needed, or every word of a short title.
std::vector<Contribution> similar(Visit& visit, const std::string& title, const std::string& body) {
    const auto in_title = telling_words(title, 4, 6);
    std::map<std::int64_t, int> score;
    const auto seek = [&](const std::string& word, int worth) {
        for (const auto id : search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                          .audiences = {"public"},
                                                          .text = word,
                                                          .module = "ideas",
                                                          .limit = 100}))
            score[id] += worth;
    };
    for (const auto& word : in_title) seek(word, 2);
    for (const auto& word : telling_words(body, 5, 6))
        if (std::find(in_title.begin(), in_title.end(), word) == in_title.end()) seek(word, 1);
    const int needed = in_title.size() == 1 ? 2 : 3;
    std::vector<std::pair<std::int64_t, int>> ranked(score.begin(), score.end());
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<Contribution> found;
    int looked_at = 0;
    for (const auto& [id, worth] : ranked) {
        if (worth < needed || found.size() == most_similar || ++looked_at > 40) break;
        const auto idea = core::find_contribution(visit.tx, visit.tenant.id, core::ContributionId{id});
        if (idea && idea->is_public() && idea->kind == kind && !idea->merged_into &&
            idea->activity == visit.place().activity->id)
            found.push_back(*idea);
    }
    return found;
}

void add_similar(Visit& visit, html::Values& page, const std::vector<Contribution>& ideas) {
    namespace t = tpl::look;
    if (ideas.empty()) return;
    auto part = page.add(t::SIMILAR);
    const bool open = visit.place().ask("support").allowed();
    std::vector<core::ContributionId> ids;
    for (const auto& idea : ideas) ids.push_back(idea.id);
    const auto* who = visit.participant();
    const auto mine = who ? core::supported(visit.tx, who->id, ids) : std::vector<core::ContributionId>{};
    for (const auto& idea : ideas) {
        const std::string path = core::path_of(visit, idea);
        auto one = part.add(t::IDEA);
        one.set(t::URL, visit.url(path)).set(t::TITLE, idea.title).set(t::TEXT, first_letters(idea.body, 240));
        one.set(t::SUPPORTS, visit.language.plural("{n} support", "{n} supports", idea.supports));
        if (std::find(mine.begin(), mine.end(), idea.id) != mine.end())
            one.show(t::SUPPORTED);
        else if (open)
            one.add(t::SUPPORT).set(t::ACTION, visit.url(path + "/unterstuetzung"));
    }
}

void add_preview(Visit& visit, html::Values& page, const Form& values) {
    namespace t = tpl::look;
    const Settings s = settings(visit);
    const std::string title = trimmed(values["title"]), name = trimmed(values["name"]);
    page.set(t::TITLE, title).set(t::AUTHOR, name.empty() ? visit.tr("anonymous") : name);
    page.set(t::BODY, html::markdown(trimmed(values["body"]), {.first_heading = 3, .by_public = true}));
    std::optional<html::Values> topics;
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic")) {
        if (!values.has("topics", term.key)) continue;
        if (!topics) topics = page.add(t::TOPICS);
        topics->add(t::TOPIC).set(t::LABEL, term.name_in(visit.language.code()));
    }
    page.set(t::PHOTOS, photo_figures(visit, waiting_photos(visit, waiting_role(visit, nullptr)), title, ""));
    if (const auto place = core::read_place(visit, values, place_rules(visit)); place && !place->json.empty())
        page.add(t::PLACE).set(t::WORDS, core::place_in_words(visit, place->json, place->lon, place->lat));
    Fields fields;
    for (const auto& field : s.fields)
        if (const std::string value = trimmed(values[field.name()]); !value.empty()) fields[field.key] = value;
    page.set(t::FIELDS, own_fields_shown(visit, s, fields, true));
}

// Everything as it was typed, in hidden fields: sent once more, it is handed in.
html::SafeHtml sending_form(Visit& visit, const Form& values, bool anything_similar) {
    const Form nothing;
    core::FormView form(visit, nothing);
    for (const auto& [name, value] : values.fields())
        if (!starts_with(name, "kept-") && !name.ends_with("-search")) form.hidden(name, value);
    core::add_guard(form, visit, visit.now - std::chrono::minutes{1});  // the form before has looked already
    return form.html({.action = base(visit) + "/neu",
                      .submit = anything_similar ? tr_noop("Hand in all the same") : tr_noop("Hand in")});
}

http::Response look_page(Visit& visit, const Form& values) {
    namespace t = tpl::look;
    visit.do_not_cache();
    const auto& place = visit.place();
    const std::string title = visit.tr("Before you hand it in");
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = title,
                                              .crumbs = {{place.procedure.title, "/verfahren/" + place.procedure.key},
                                                         {place.activity->title, base(visit)},
                                                         {visit.tr("Hand in an idea"), base(visit) + "/neu"}}}));
    const auto like_it = similar(visit, values["title"], values["body"]);
    add_similar(visit, page, like_it);
    add_preview(visit, page, values);
    page.set(t::FORM, sending_form(visit, values, !like_it.empty())).set(t::BACK, visit.url(base(visit) + "/neu"));
    return visit.page({.title = title + " – " + place.procedure.title, .kind = "form", .index = false},
                      html::render_part(t::file, page, visit.language));
}

Shown new_form(const Visit& visit) { return {base(visit) + "/neu", nullptr}; }

// The idea is written, with everything around it.
http::Response hand_in_now(Visit& visit, const NewIdea& idea) {
    core::NewContribution c{.module = "ideas", .kind = std::string(kind), .title = idea.title, .body = idea.body};
    c.place = idea.place.json;
    c.lon = idea.place.lon;
    c.lat = idea.place.lat;
    c.original = original_of(idea);
    const auto taken = core::take(visit, std::move(c), "contribute");
    core::drop_draft(visit);
    save_fields(visit.tx, visit.tenant.id, visit.place().activity->id, taken.id, idea.fields);
    hand_over(visit, waiting_role(visit, nullptr), taken.id);
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, taken.id);
    core::classify(visit.tx, visit.tenant.id, stored.ref(), terms_of(visit, idea));
    index(visit, stored);
    return core::thank(visit, taken, core::path_of(visit, stored));
}

void need_time(const Contribution& idea, const Visit& visit) {
    if (!may_edit(idea, settings(visit), visit.now))
        throw NotAllowed(tr_noop("The time for changes is over. You can still withdraw the idea."));
}

}  // namespace

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
    const Form values = core::draft_of(visit);
    if (visit.query["schritt"] == "pruefen" && core::has_draft(visit) && needs.open && check(values, settings(visit)))
        return look_page(visit, values);
    return form_page(visit, values, {}, new_form(visit));
}

http::Response add(Visit& visit) {
    const auto s = settings(visit);
    auto problems = receive_photos(visit, s, waiting_role(visit, nullptr), 0);
    if (core::asks_for_address(visit.form)) return form_page(visit, visit.form, {}, new_form(visit));
    const std::string wanted = trimmed(visit.form["title"]);
    const std::string title = wanted.empty() ? visit.place().activity->title : wanted;
    if (auto later = core::keep_for_later(visit, title)) return std::move(*later);
    const auto idea = typed(visit);
    problems.append(core::check_person(visit));
    if (!idea) problems.append(idea.problems());
    if (problems.any()) return form_page(visit, visit.form, problems, new_form(visit));
    const bool asked = visit.form["_preview"] == "1";
    if (asked || (visit.form["_step"] == "look" && !similar(visit, idea->title, idea->body).empty())) {
        core::save_draft(visit, title);
        return visit.go(look_path(visit));
    }
    return hand_in_now(visit, *idea);
}

http::Response edit_page(Visit& visit) {
    const auto idea = own_idea(visit);
    need_time(idea, visit);
    std::vector<std::string> topics;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, idea.ref()))
        if (term.tree == "topic") topics.push_back(term.key);
    Form values = to_form(idea, fields_of(visit.tx, idea.id), topics);
    return form_page(visit, values, {}, {core::path_of(visit, idea) + "/bearbeiten", &idea});
}

http::Response edit(Visit& visit) {
    const auto idea = own_idea(visit);
    need_time(idea, visit);
    const std::string path = core::path_of(visit, idea), role = waiting_role(visit, &idea);
    const Shown shown{path + "/bearbeiten", &idea};
    const auto photos = photos_of(visit, idea.id);
    auto problems = receive_photos(visit, settings(visit), role, staying(visit.form, photos));
    if (core::asks_for_address(visit.form)) return form_page(visit, visit.form, {}, shown);
    const auto changed = typed(visit);
    if (!changed) problems.append(changed.problems());
    if (problems.any()) return form_page(visit, visit.form, problems, shown);
    core::reword(visit.tx, idea,
                 {changed->title, changed->body, changed->place.json, changed->place.lon, changed->place.lat,
                  original_of(*changed)},
                 visit.now);
    save_fields(visit.tx, visit.tenant.id, idea.activity, idea.id, changed->fields);
    change_photos(visit, photos);
    hand_over(visit, role, idea.id);
    core::classify(visit.tx, visit.tenant.id, idea.ref(), terms_of(visit, *changed));
    core::note_interaction(visit.tx, visit.occasion("contribute"), idea.participant, "edit", idea.id,
                           core::Channel::online, visit.now);
    index(visit, *core::find_contribution(visit.tx, visit.tenant.id, idea.id));
    return visit.go(path, tr_noop("Your change is saved. Earlier wordings stay in the history."));
}

}  // namespace mitwirken::ideas
