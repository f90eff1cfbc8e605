// Editing of the parts of a documentation. A part is named by its place: "fragen/2" is the second question,
// "gruppen/1-3" the third group of the first session, "neu" a new one at the end. The version in the form makes sure
// that the places are still those the person saw.
#include "core/forms/forms.h"
#include "documentation/templates.h"
#include "modules/documentation/form_rows.h"
#include "modules/documentation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using core::Visit;

// Where a part is or is to come; counted from 1, `item` 0 = new.
struct Place {
    enum class Kind { question, session, group } kind = Kind::question;
    std::size_t session = 0, item = 0;
    bool is_new() const { return item == 0; }
};

std::optional<Place> place_from(const std::string& kind, const std::string& name, const Whole& whole) {
    const auto number = [](const std::string& text, std::size_t most) -> std::optional<std::size_t> {
        if (text == "neu") return 0;
        const auto value = to_int(text);
        if (!value || *value < 1 || std::size_t(*value) > most) return {};
        return std::size_t(*value);
    };
    if (kind == "fragen" || kind == "runden") {
        const bool question = kind == "fragen";
        const auto item = number(name, question ? whole.questions.size() : whole.sessions.size());
        if (!item) return {};
        return Place{question ? Place::Kind::question : Place::Kind::session, 0, *item};
    }
    const auto dash = name.find('-');
    if (kind != "gruppen" || dash == std::string::npos) return {};
    const auto session = number(name.substr(0, dash), whole.sessions.size());
    if (!session || *session == 0) return {};
    const auto item = number(name.substr(dash + 1), whole.sessions[*session - 1].groups.size());
    if (!item) return {};
    return Place{Place::Kind::group, *session, *item};
}

Place place_of(Visit& visit, const Whole& whole) {
    const auto place = place_from(visit.parameter("kind"), visit.parameter("part"), whole);
    if (!place) throw NotFound();
    return *place;
}

Form stored(const Whole& whole, const Place& place) {
    if (place.is_new()) {
        Form form;
        if (place.kind == Place::Kind::question) form.add("choose", "1");
        return form;
    }
    switch (place.kind) {
        case Place::Kind::question:
            return to_form(whole.questions[place.item - 1]);
        case Place::Kind::session:
            return to_form(whole.sessions[place.item - 1]);
        case Place::Kind::group:
            return to_form(whole.sessions[place.session - 1].groups[place.item - 1]);
    }
    return {};
}

void fill_form(core::FormView& form, Place::Kind kind) {
    if (kind == Place::Kind::question) {
        form.area("text", tr_noop("Question")).limit(1000);
        form.number("choose", tr_noop("How many answers one could choose"));
        form.rows(option_rows());
    } else if (kind == Place::Kind::session) {
        form.text("title", tr_noop("Heading"))
            .hint(tr_noop("For example “Session 1” or “Input of the city”."))
            .limit(200);
        form.area("question", tr_noop("Question to the groups")).optional().limit(1000);
        form.markdown("input", tr_noop("What was told to everybody")).optional().limit(20000);
    } else {
        form.text("title", tr_noop("Name of the group"))
            .hint(tr_noop("Empty: “Group 1”, “Group 2” …"))
            .optional()
            .limit(200);
        const Message hint =
            tr_noop("One a line, in the order of the page, without quotation marks and without names.");
        form.area("notes_quote", tr_noop("Quotes")).hint(hint).optional();
        form.area("notes_helpful", tr_noop("Board: helpful")).hint(hint).optional();
        form.area("notes_improve", tr_noop("Board: to be improved")).hint(hint).optional();
        form.area("notes_new", tr_noop("Board: new")).hint(hint).optional();
        form.area("quintessence", tr_noop("Quintessence"))
            .hint(tr_noop("“ // ” stands between separate thoughts."))
            .optional()
            .limit(3000);
        form.area("key_point", tr_noop("Most important point")).optional().limit(3000);
    }
}

std::string heading(const Visit& visit, const Place& place) {
    switch (place.kind) {
        case Place::Kind::question:
            return place.is_new() ? visit.tr("Add a question") : visit.tr("Question to everybody");
        case Place::Kind::session:
            return place.is_new() ? visit.tr("Add a session") : visit.tr("Session");
        case Place::Kind::group:
            return place.is_new() ? visit.tr("Add a group") : visit.tr("Group");
    }
    return {};
}

std::string document_path(const Whole& whole) {
    return "/verwaltung/dokumentationen/" + std::to_string(whole.document.id.value);
}

http::Response show(Visit& visit, const Whole& whole, const Place& place, const Form& values, const Problems& problems,
                    const html::SafeHtml& notice = {}) {
    namespace t = tpl::part;
    core::FormView form(visit, values, problems);
    fill_form(form, place.kind);
    form.hidden("_version", core::version_field(visit, ref(whole.document.id)));
    html::Values page;
    const std::string title = heading(visit, place);
    page.set(t::HEAD, core::admin_head(visit, {.title = title,
                                               .crumbs = {{visit.tr("Documentations"), "/verwaltung/dokumentationen"},
                                                          {whole.document.title, document_path(whole)}}}));
    page.set(t::NOTICE, notice).set(t::FORM, form.html({.cancel = document_path(whole), .keep_draft = true}));
    auto head = admin_head_of(title + " – " + whole.document.title);
    head.has_errors = problems.any();
    head.status = problems.any() || !notice.empty() ? 422 : 200;
    return visit.page(head, t::file, page);
}

template <class T>
Problems put(std::vector<T>& parts, std::size_t item, Result<T> part) {
    if (!part) return part.problems();
    Problems problems;
    if (item > 0)
        parts[item - 1] = std::move(*part);
    else if (parts.size() >= most_parts)
        problems.add("", tr_noop("There are {n} already; that is the most.", {{"n", std::to_string(most_parts)}}));
    else
        parts.push_back(std::move(*part));
    return problems;
}

Problems take_over(Whole& whole, const Place& place, const Form& form) {
    if (place.kind == Place::Kind::question) return put(whole.questions, place.item, check_question(form));
    if (place.kind == Place::Kind::group)
        return put(whole.sessions[place.session - 1].groups, place.item, check_group(form));
    auto session = check_session(form);
    if (session && !place.is_new()) (*session).groups = whole.sessions[place.item - 1].groups;
    return put(whole.sessions, place.item, std::move(session));
}

}  // namespace

http::Response part_page(Visit& visit) {
    const Whole whole = load(visit.tx, editable(visit));
    const Place place = place_of(visit, whole);
    return show(visit, whole, place, stored(whole, place), {});
}

http::Response save_part(Visit& visit) {
    Whole whole = load(visit.tx, editable(visit));
    const auto published = core::published_notice(visit, whole.document.state, publish_action);
    const bool late = core::changed_meanwhile(visit, ref(whole.document.id));
    const auto found = place_from(visit.parameter("kind"), visit.parameter("part"), whole);
    if (!found) throw Conflict();  // somebody has taken the part out
    const Place place = *found;
    if (!published.empty()) return show(visit, whole, place, visit.form, {}, published);
    if (place.kind == Place::Kind::question && core::change_rows(visit.form, option_rows()))
        return show(visit, whole, place, visit.form, {});
    if (late) return show(visit, whole, place, visit.form, {}, core::meanwhile_notice(visit, ref(whole.document.id)));
    if (const auto problems = take_over(whole, place, visit.form); problems.any())
        return show(visit, whole, place, visit.form, problems);
    keep(visit, whole, "documentation.part");
    return visit.go(document_path(whole), tr_noop("The part has been saved."));
}

http::Response order(Visit& visit) {
    Whole whole = load(visit.tx, editable(visit));
    core::need_change(visit, whole.document.state, publish_action);
    if (core::changed_meanwhile(visit, ref(whole.document.id))) throw Conflict();
    const std::string& name = visit.form["part"];
    const auto dash = name.find('-');
    const auto move = move_from(visit.form["move"]);
    const auto place =
        dash == std::string::npos ? std::nullopt : place_from(name.substr(0, dash), name.substr(dash + 1), whole);
    if (!move || !place || place->is_new()) throw BadRequest();
    switch (place->kind) {
        case Place::Kind::question:
            move_part(whole.questions, place->item, *move);
            break;
        case Place::Kind::session:
            move_part(whole.sessions, place->item, *move);
            break;
        case Place::Kind::group:
            move_part(whole.sessions[place->session - 1].groups, place->item, *move);
            break;
    }
    keep(visit, whole, "documentation.order");
    return visit.go(document_path(whole), *move == Move::remove
                                              ? tr_noop("The part has been taken out. Earlier versions keep it.")
                                              : tr_noop("The order has been changed."));
}

}  // namespace mitwirken::documentation
