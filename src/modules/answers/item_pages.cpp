// Writing answers, outcomes, measures, the text above them, and text blocks: one form, one way of releasing, versions.
#include <algorithm>

#include "answers/templates.h"
#include "core/attachments/attachments.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"

namespace mitwirken::answers {

namespace {

using core::State;
using core::Visit;
namespace t = tpl::item;
const std::string blocks_path = "/verwaltung/textbausteine";

struct Subject {
    std::optional<Desk> desk;  // none: a text block
    Whole whole;
    std::string list, address;  // where it is listed, and its own page
    core::OrganisationId owner() const { return whole.item.organisation; }
};

const char* below(Kind kind) {
    return kind == Kind::answer ? "/antworten" : kind == Kind::outcome ? "/ergebnisse" : "/massnahmen";
}

Message new_title(Kind kind) {
    switch (kind) {
        case Kind::answer:
            return tr_noop("Answer");
        case Kind::outcome:
            return tr_noop("New outcome");
        case Kind::measure:
            return tr_noop("New measure");
        case Kind::summary:
            return tr_noop("What came out, in short");
        case Kind::block:
            return tr_noop("New text block");
    }
    return {};
}

std::string heading_of(const Visit& visit, const Item& item) {
    if (item.kind == Kind::summary) return visit.tr(new_title(item.kind));
    if (!item.id) return visit.tr(new_title(item.kind));
    return item.title.empty() ? visit.tr("Answer") : item.title;
}

// An answer may also be written by the department that it speaks for.
void need_right(Visit& visit, const Subject& s) {
    if (s.desk && s.desk->whole) return;
    if (s.desk && s.whole.item.kind == Kind::answer && s.owner() == visit.actor.organisation) return;
    visit.need(write_action, s.desk ? s.desk->procedure.organisation : s.owner());
}

Subject subject(Visit& visit, Kind kind) {
    Subject s;
    if (kind != Kind::block) s.desk = desk_at(visit);
    s.list = s.desk ? s.desk->path("/ergebnisse") : blocks_path;
    s.whole.item.kind = kind;
    if (s.desk) s.whole.item.procedure = s.desk->procedure.id;
    std::optional<Item> found;
    if (kind == Kind::summary) {
        found = summary_of(visit.tx, visit.tenant.id, s.desk->procedure.id);
        s.address = s.desk->path("/quintessenz");
    } else if (visit.parameter("id") != "neu" || kind == Kind::answer) {
        found = find(visit.tx, visit.tenant.id, visit.id_parameter<ItemId>("id"));
        const bool fits = found && found->kind == kind && (!s.desk || found->procedure == s.desk->procedure.id);
        if (!fits) throw NotFound();
    }
    if (found) s.whole = whole_of(visit.tx, *found);
    if (!found) s.whole.item.organisation = visit.actor.organisation;
    if (kind != Kind::summary)
        s.address = (s.desk ? s.desk->path(below(kind)) : blocks_path) + "/" +
                    (found ? std::to_string(found->id.value) : "neu");
    need_right(visit, s);
    return s;
}

bool may_release(const Visit& visit, const Subject& s) {
    return may_publish(visit, s.desk ? s.desk->procedure.organisation : s.owner());
}

std::vector<core::Option> words_of(const Visit& visit, const std::vector<Word>& words) {
    std::vector<core::Option> options;
    for (const auto& word : words)
        options.push_back(
            {std::string(word.word), visit.tr(word.name), word.meaning.empty() ? "" : visit.tr(word.meaning)});
    return options;
}

void add_fields(Visit& visit, core::FormView& form, const Subject& s) {
    const Kind kind = s.whole.item.kind;
    if (kind != Kind::summary && kind != Kind::answer) form.text("title", tr_noop("Title")).limit(most_title);
    if (kind == Kind::answer)
        form.text("title", tr_noop("Title"))
            .limit(most_title)
            .optional()
            .hint(tr_noop("Needed when it answers several contributions: it then has a page of its own."));
    if (kind == Kind::outcome) form.radios("word", tr_noop("What became of it"), words_of(visit, verdicts()));
    if (kind == Kind::measure) form.radios("word", tr_noop("State"), words_of(visit, measure_states()));
    auto& body = form.markdown("body", tr_noop("Text")).limit(most_letters);
    if (kind == Kind::block)
        body.hint(tr_noop("{titel}, {nummer}, {verfahren}, {fachbereich} and {datum} are replaced when it is used."));
    if (kind == Kind::measure) form.text("budget", tr_noop("Budget")).limit(most_title).optional();
    if (kind != Kind::summary) form.select("organisation", tr_noop("Department"), core::department_options(visit));
    if (kind == Kind::answer || kind == Kind::outcome || kind == Kind::measure)
        form.text("contributions", tr_noop("Numbers of the contributions it is about"))
            .optional()
            .hint(tr_noop("With commas between them. Their pages point here."));
    if (kind == Kind::measure) {
        std::vector<core::Option> outcomes;
        for (const auto& item :
             items(visit.tx, visit.tenant.id, {s.whole.item.procedure, Kind::outcome, false, {}}, 100))
            outcomes.push_back({std::to_string(item.id.value), item.title});
        if (!outcomes.empty()) form.choices("outcomes", tr_noop("Outcomes that it carries out"), outcomes).optional();
        form.rows(milestone_rows());
    }
    if (kind != Kind::outcome && kind != Kind::measure) return;
    form.rows(link_rows());
    if (s.whole.item.id) form.files(core::attachments(visit.tx, visit.tenant.id, ref_of(s.whole.item.id)));
    form.file("files", tr_noop("Add documents")).several().optional();
}

html::SafeHtml content(Visit& visit, const Subject& s, const Form& values, const Problems& problems,
                       const html::SafeHtml& notice) {
    const Item& item = s.whole.item;
    html::Values page;
    page.set(t::TITLE, heading_of(visit, item)).set(t::NOTICE, notice).set(t::LIST_URL, visit.url(s.list));
    if (item.id) {
        page.add(t::VERSIONS).set(t::URL, visit.url(s.address + "/versionen"));
        if (item.kind != Kind::block)
            page.set(t::STATES, core::state_box(visit, {item.state}, s.address + "/stand", may_release(visit, s)));
        const std::string path = s.desk ? public_path(s.desk->procedure, item) : "";
        if (!path.empty()) page.add(t::LOOK).set(t::URL, visit.url(path));
    }
    core::FormView form(visit, values, problems);
    form.hidden("_version", item.id ? core::version_field(visit, ref_of(item.id)) : "0");
    add_fields(visit, form, s);
    const bool files = item.kind == Kind::outcome || item.kind == Kind::measure;
    page.set(t::FORM, form.html({.action = s.address, .cancel = s.list, .has_files = files, .keep_draft = true}));
    const auto inner = html::render_part(t::file, page, visit.language);
    if (s.desk) return core::desk_frame(visit, s.desk->procedure, "/ergebnisse", inner);
    html::Values frame;
    frame.set(tpl::blocks::HEAD, core::admin_head(visit, {.title = heading_of(visit, item),
                                                          .crumbs = {{visit.tr("Text blocks"), blocks_path}}}));
    frame.set(tpl::blocks::CONTENT, inner);
    return html::render_part(tpl::blocks::file, frame, visit.language);
}

core::PageHead head_of(const Visit& visit, const Subject& s) {
    core::PageHead head = core::desk_head(heading_of(visit, s.whole.item));
    if (!s.desk) head.navigation = blocks_path;
    return head;
}

// Contributions of this procedure that this person may work on, by their numbers.
std::vector<ContributionId> read_contributions(Visit& visit, const Subject& s, Problems& problems) {
    const auto numbers = read_numbers(visit.form["contributions"], "contributions");
    if (!numbers) {
        problems.append(numbers.problems());
        return {};
    }
    const auto found = contributions_by_id(visit.tx, visit.tenant.id, *numbers);
    std::vector<ContributionId> ids;
    for (const auto id : *numbers) {
        const auto at = std::find_if(found.begin(), found.end(), [&](const auto& c) { return c.id == id; });
        if (at == found.end() || !in_reach(visit, *s.desk, *at))
            problems.add("contributions", tr_noop("There is no contribution no. {number} in this procedure.",
                                                  {{"number", std::to_string(id.value)}}));
        else
            ids.push_back(id);
    }
    return ids;
}

std::vector<ItemId> read_outcomes(Visit& visit, const Subject& s) {
    std::vector<ItemId> ids;
    for (const auto& item : items(visit.tx, visit.tenant.id, {s.whole.item.procedure, Kind::outcome, false, {}}, 100))
        if (visit.form.has("outcomes", std::to_string(item.id.value))) ids.push_back(item.id);
    return ids;
}

// What may stand in the form from here on: the rest is this item's own.
Result<Whole> read(Visit& visit, const Subject& s) {
    const Item& before = s.whole.item;
    auto checked = check(visit.form, before.kind);
    Problems problems = checked ? Problems{} : checked.problems();
    auto office = before.organisation;
    if (before.kind != Kind::summary) office = core::read_department(visit, problems);
    std::vector<ContributionId> contributions;
    if (s.desk && before.kind != Kind::summary) contributions = read_contributions(visit, s, problems);
    if (before.kind == Kind::answer && contributions.empty() && !problems.of("contributions"))
        problems.add("contributions", tr_noop("Please say which contributions it answers."));
    if (before.kind == Kind::answer && contributions.size() > 1 && trimmed(visit.form["title"]).empty())
        problems.add("title", tr_noop("Please give a title."));
    if (auto* files = visit.prepared<core::TakenFiles>(); files && !*files) problems.append(files->problems());
    if (problems.any()) return problems;
    Whole whole = *checked;
    whole.contributions = std::move(contributions);
    if (before.kind == Kind::measure) whole.outcomes = read_outcomes(visit, s);
    Item& item = whole.item;
    item.id = before.id, item.procedure = before.procedure, item.state = before.state;
    item.organisation = office, item.published_at = before.published_at;
    if (item.kind == Kind::block) item.state = State::published;
    return whole;
}

// Of published ones everything that shows them; those it is no longer about, too.
void show_change(Visit& visit, const Subject& s, const Whole& whole, ItemId id) {
    if (!s.desk) return;
    auto all = s.whole.contributions;
    for (const auto one : whole.contributions)
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
    if (whole.item.is_public())
        refresh(visit, s.desk->procedure, *find(visit.tx, visit.tenant.id, id), all);
    else if (whole.item.kind == Kind::answer)
        for (const auto one : all) note_desk(visit, one);
}

}  // namespace

template <Kind K>
http::Response item_page(Visit& visit) {
    const auto s = subject(visit, K);
    html::SafeHtml notice;
    if (K != Kind::block && !may_release(visit, s))
        notice = core::published_notice(visit, s.whole.item.state, publish_action);
    return visit.page(head_of(visit, s), content(visit, s, to_form(s.whole), {}, notice));
}

template <Kind K>
http::Response save_item(Visit& visit) {
    const auto s = subject(visit, K);
    const Item& before = s.whole.item;
    const auto again = [&](const Problems& problems, const html::SafeHtml& notice) {
        return core::show_again(visit, head_of(visit, s), content(visit, s, visit.form, problems, notice));
    };
    if (core::change_rows(visit.form, link_rows()) || core::change_rows(visit.form, milestone_rows()))
        return visit.page(head_of(visit, s), content(visit, s, visit.form, {}, {}));
    if (K != Kind::block && before.is_public() && !may_release(visit, s))
        return again({}, core::published_notice(visit, before.state, publish_action));
    const auto whole = read(visit, s);
    if (!whole) return again(whole.problems(), {});
    if (before.id && core::changed_meanwhile(visit, ref_of(before.id)))
        return again({}, core::meanwhile_notice(visit, ref_of(before.id)));
    const ItemId id = keep(visit, *whole);
    if (K == Kind::outcome || K == Kind::measure) core::keep_files(visit, ref_of(id));
    show_change(visit, s, *whole, id);
    visit.record(before.id ? "answers.changed" : "answers.created", ref_of(id),
                 std::string(db::Names<Kind>::words[std::size_t(K)]));
    if (K == Kind::summary) return visit.go(s.address, tr_noop("Saved."));
    return visit.go((s.desk ? s.desk->path(below(K)) : blocks_path) + "/" + std::to_string(id.value),
                    tr_noop("Saved."));
}

template <Kind K>
http::Response step_item(Visit& visit) {
    const auto s = subject(visit, K);
    const Item& item = s.whole.item;
    const std::string& word = visit.form["step"];
    const auto next = core::state_after(item.state, word);
    if (!item.id || !next) throw Conflict(tr_noop("This step is not possible from the present state."));
    if (core::step_needs_release(item.state, word) && !may_release(visit, s))
        visit.need(publish_action, s.desk->procedure.organisation);
    move(visit, *s.desk, item, *next);
    return visit.go(s.address, tr_noop("The state is changed."));
}

template <Kind K>
http::Response item_versions(Visit& visit) {
    const auto s = subject(visit, K);
    if (!s.whole.item.id) throw NotFound();
    const std::string title = heading_of(visit, s.whole.item);
    return core::versions_page(visit, ref_of(s.whole.item.id), title, {title, s.address});
}

#define ANSWERS_PAGES_OF(K)                                    \
    template http::Response item_page<Kind::K>(Visit & visit); \
    template http::Response save_item<Kind::K>(Visit & visit); \
    template http::Response step_item<Kind::K>(Visit & visit); \
    template http::Response item_versions<Kind::K>(Visit & visit);
ANSWERS_PAGES_OF(answer)
ANSWERS_PAGES_OF(outcome)
ANSWERS_PAGES_OF(measure)
ANSWERS_PAGES_OF(summary)
ANSWERS_PAGES_OF(block)

}  // namespace mitwirken::answers
