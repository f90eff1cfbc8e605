// The contributions of a procedure at the desk: filters in the address, a table to tick several, files of what is
// found.
#include <fmt/format.h>

#include <algorithm>

#include "answers/templates.h"
#include "core/people/people.h"
#include "core/taxonomy/taxonomy.h"
#include "modules/answers/pages.h"
#include "platform/base/text.h"
#include "platform/search/search.h"
#include "platform/tables/csv.h"
#include "platform/tables/xlsx.h"

namespace mitwirken::answers {

namespace {

using core::Contribution;
using core::ContributionState;
using core::Visit;
namespace t = tpl::list;

constexpr int per_page = 50;
constexpr int piece = 500;
constexpr int most_counted = 1000;

template <class E>
std::optional<E> word_in(const std::string& text) {
    for (std::size_t i = 0; i < std::size(db::Names<E>::words); ++i)
        if (text == db::Names<E>::words[i]) return E(i);
    return {};
}

// Words are looked up in the search index, which holds what is public; a number finds everything.
std::vector<ContributionId> found_by(Visit& visit, const Desk& desk, const std::string& text) {
    const auto number = to_int(!text.empty() && text.front() == '#' ? text.substr(1) : text);
    if (number) return {ContributionId{*number}};
    std::vector<std::string> modules;
    for (const auto& activity : desk.plan.activities)
        if (std::find(modules.begin(), modules.end(), activity.module) == modules.end())
            modules.push_back(activity.module);
    std::vector<ContributionId> found;
    for (const auto& module : modules)
        for (const auto id : search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                          .audiences = {"public"},
                                                          .text = text,
                                                          .module = module,
                                                          .limit = 1000}))
            found.emplace_back(id);
    return found;
}

DeskFilter::Key key_from(const std::string& text) {
    const auto dash = text.find('-');
    if (dash == std::string::npos) return {};
    return {to_int(text.substr(0, dash)).value_or(0), ContributionId{to_int(text.substr(dash + 1)).value_or(0)}};
}

void add_choice(html::Values& select, html::Section option, const std::string& value, const std::string& label,
                bool chosen) {
    select.add(option).set(t::VALUE, value).set(t::LABEL, label).show_if(chosen, t::CHOSEN);
}

void fill_filters(Visit& visit, html::Values& page, const Desk& desk, const Form& q) {
    page.set(t::ACTION, visit.url(desk.path("/beitraege"))).set(t::Q, q["q"]);
    for (const auto& status : statuses())
        add_choice(page, t::STATUS_OPTION, status.word.empty() ? "open" : std::string(status.word),
                   visit.tr(status.name), q["stand"] == (status.word.empty() ? "open" : status.word));
    for (std::size_t i = 0; i < std::size(db::Names<ContributionState>::words); ++i) {
        const std::string word(db::Names<ContributionState>::words[i]);
        add_choice(page, t::STATE_OPTION, word, visit.tr(state_name(ContributionState(i))), q["zustand"] == word);
    }
    for (const auto& term : core::terms(visit.tx, visit.tenant.id, "topic"))
        add_choice(page, t::TOPIC_OPTION, term.key, term.name_in(visit.language.code()), q["thema"] == term.key);
    for (std::size_t i = 0; i < std::size(db::Names<core::Channel>::words); ++i) {
        const std::string word(db::Names<core::Channel>::words[i]);
        add_choice(page, t::CHANNEL_OPTION, word, visit.tr(channel_name(core::Channel(i))), q["kanal"] == word);
    }
    if (desk.whole)
        for (const auto& office : core::organisations(visit.tx, visit.tenant.id))
            add_choice(page, t::OFFICE_OPTION, std::to_string(office.id.value), office.name,
                       q["amt"] == std::to_string(office.id.value));
    const std::pair<const char*, Message> answers[] = {{"ohne", tr_noop("Unanswered")}, {"spaet", tr_noop("Overdue")}};
    for (const auto& [word, label] : answers)
        if (std::string(word) != "spaet" || desk.procedure.promise_days)
            add_choice(page, t::ANSWER_OPTION, word, visit.tr(label), q["antwort"] == word);
    const std::pair<const char*, Message> sorts[] = {{"neu", tr_noop("Newest first")},
                                                     {"alt", tr_noop("Oldest first")},
                                                     {"unterstuetzt", tr_noop("Most supported")}};
    for (const auto& [word, label] : sorts)
        add_choice(page, t::SORT_OPTION, word, visit.tr(label), q["sortierung"] == word);
    page.show_if(q["art"] == "kommentare", t::COMMENTS);
}

struct Marks {
    std::vector<Assigned> tasks;
    std::vector<ContributionId> answered;
    std::map<core::OrganisationId, std::string> offices;
};
Marks marks_of(Visit& visit, const std::vector<Contribution>& list) {
    std::vector<ContributionId> ids;
    for (const auto& c : list) ids.push_back(c.id);
    Marks marks{assigned(visit.tx, ids), answered_among(visit.tx, ids), {}};
    for (const auto& office : core::organisations(visit.tx, visit.tenant.id)) marks.offices[office.id] = office.name;
    return marks;
}

void fill_row(Visit& visit, html::Values row, const Desk& desk, const Contribution& c, const Marks& marks) {
    const Date today = berlin_day(visit.now);
    row.set(t::ID, c.id.value).set(t::URL, visit.url(desk.path_to(c.id))).set(t::TITLE, title_of(visit, c));
    row.set(t::STATUS, visit.tr(status_of(c.status).name)).set(t::STATUS_PILL, status_of(c.status).pill);
    if (!c.is_public())
        row.add(t::NOT_PUBLIC).set(t::STATE, visit.tr(state_name(c.state))).set(t::STATE_PILL, state_pill(c.state));
    row.set(t::SUPPORTS, visit.language.number(c.supports)).set(t::CHANNEL, visit.tr(channel_name(c.channel)));
    row.set(t::CAME, visit.language.date_short(berlin_day(c.created_at)));
    const bool answered = std::find(marks.answered.begin(), marks.answered.end(), c.id) != marks.answered.end();
    const auto due = due_day(desk.procedure, c);
    if (answered)
        row.show(t::ANSWERED);
    else if (due && *due < today)
        row.add(t::LATE).set(t::DAY, visit.language.date_short(*due));
    else if (due)
        row.add(t::DUE).set(t::DAY, visit.language.date_short(*due));
    for (const auto& task : marks.tasks) {
        if (task.contribution != c.id) continue;
        const auto office = marks.offices.find(task.organisation);
        auto box = row.add(t::TASK).set(t::OFFICE, office == marks.offices.end() ? "–" : office->second);
        box.set(t::DAY, visit.language.date_short(task.due)).show_if(task.due < today, t::TASK_LATE);
    }
}

// What was done last, as long as it can be taken back.
void fill_batches(Visit& visit, html::Values& page, const Desk& desk) {
    if (!desk.whole) return;
    for (const auto& batch : batches(visit.tx, visit.tenant.id, desk.procedure.id, 3)) {
        if (!batch.by || batch.undone_at || batch.at < visit.now - std::chrono::hours{24}) continue;
        page.add(t::BATCH)
            .set(t::ACTION, visit.url(desk.path("/beitraege/ruecknahme/" + std::to_string(batch.id.value))))
            .set(t::STATUS, visit.tr(status_of(batch.status).name))
            .set(t::COUNT, visit.language.plural("{n} contribution", "{n} contributions", batch.many))
            .set(t::WHEN, visit.language.ago(batch.at, visit.now));
    }
}

void fill_acts(Visit& visit, html::Values& page, const Desk& desk) {
    if (desk.whole) add_choice(page, t::ACT, "zuweisen", visit.tr("Assign to a department"), false);
    add_choice(page, t::ACT, "antworten", visit.tr("Answer with one text"), false);
    for (const auto& status : statuses())
        if (can_choose(status.word) && may_set(visit, desk, status.word))
            add_choice(page, t::ACT, "stand:" + std::string(status.word),
                       visit.tr(tr_noop("Status: {status}", {{"status", visit.tr(status.name)}})), false);
}

const std::vector<Message>& columns() {
    static const std::vector<Message> list = {
        tr_noop("Number"),   tr_noop("Kind"),    tr_noop("Title"),       tr_noop("Text"),       tr_noop("Author"),
        tr_noop("Channel"),  tr_noop("Public"),  tr_noop("Status"),      tr_noop("Reason"),     tr_noop("Supports"),
        tr_noop("Comments"), tr_noop("Came on"), tr_noop("Answered on"), tr_noop("Joined with")};
    return list;
}

// Row by row in pages of the list, so that memory stays the same however many there are.
struct ExportLine {
    const Contribution& c;
    std::optional<Timestamp> answered;
};
bool next_piece(db::Tx& tx, core::TenantId tenant, DeskFilter& filter,
                const std::function<void(const ExportLine&)>& use) {
    const auto some = desk_list(tx, tenant, filter, piece);
    for (const auto& c : some) use({c, core::reaction(tx, c.id)});
    if (!some.empty()) filter.after = key_of(some.back(), filter.sort);
    return int(some.size()) == piece;
}

// Names of kinds, states and so on in the reader's language, without the visit: a stream outlives it.
struct ExportWords {
    const i18n::Language* language;
    std::vector<std::string> cells(const ExportLine& line,
                                   const std::function<std::string(const Contribution&)>& kind) const {
        const auto& c = line.c;
        return {std::to_string(c.id.value),
                kind(c),
                c.title,
                c.body,
                c.author_name,
                language->tr(channel_name(c.channel)),
                language->tr(state_name(c.state)),
                language->tr(status_of(c.status).name),
                c.status_reason,
                std::to_string(c.supports),
                std::to_string(c.comments),
                to_iso(berlin_day(c.created_at)),
                line.answered ? to_iso(berlin_day(*line.answered)) : "",
                c.merged_into ? std::to_string(c.merged_into.value) : ""};
    }
};

std::vector<std::string> header(const Visit& visit) {
    std::vector<std::string> names;
    for (const auto& name : columns()) names.push_back(visit.tr(name));
    return names;
}

http::Response as_file(const Desk& desk, std::string_view type, std::string_view extension) {
    http::Response response;
    response.headers.set("Content-Type", std::string(type));
    response.headers.set("Content-Disposition",
                         fmt::format("attachment; filename=\"beitraege-{}.{}\"", slug(desk.procedure.key), extension));
    return response;
}

std::string kind_word(const core::House& house, const i18n::Language& language, const Contribution& c) {
    if (c.target) return language.tr(tr_noop("Comment"));
    for (const auto& module : house.modules)
        if (module.name == c.module) return language.tr(module.title);
    return c.kind;
}

}  // namespace

std::string kind_name(const Visit& visit, const Contribution& c) { return kind_word(visit.house, visit.language, c); }

Message state_name(ContributionState state) {
    switch (state) {
        case ContributionState::waiting:
            return tr_noop("Not confirmed yet");
        case ContributionState::held:
            return tr_noop("Not public yet");
        case ContributionState::published:
            return tr_noop("Public");
        case ContributionState::hidden:
            return tr_noop("Hidden");
        case ContributionState::withdrawn:
            return tr_noop("Withdrawn");
    }
    return {};
}

std::string_view state_pill(ContributionState state) {
    if (state == ContributionState::published) return "ok";
    return state == ContributionState::held || state == ContributionState::waiting ? "review" : "draft";
}

Message channel_name(core::Channel channel) {
    switch (channel) {
        case core::Channel::online:
            return tr_noop("Online");
        case core::Channel::live:
            return tr_noop("Live event");
        case core::Channel::paper:
            return tr_noop("Paper");
        case core::Channel::phone:
            return tr_noop("Telephone");
        case core::Channel::mail:
            return tr_noop("Letter or e-mail");
        case core::Channel::hearing:
            return tr_noop("Hearing");
    }
    return {};
}

DeskFilter filter_of(Visit& visit, const Desk& desk, const Form& q) {
    DeskFilter f{.procedure = desk.procedure.id};
    f.comments = q["art"] == "kommentare";
    f.state = word_in<ContributionState>(q["zustand"]);
    if (q["stand"] == "open")
        f.status = "";
    else if (find_word(statuses(), q["stand"]) && !q["stand"].empty())
        f.status = q["stand"];
    f.channel = word_in<core::Channel>(q["kanal"]);
    if (const auto term = core::find_term(visit.tx, visit.tenant.id, "topic", q["thema"])) f.topic = term->id;
    f.department = core::OrganisationId{std::max<std::int64_t>(0, to_int(q["amt"]).value_or(0))};
    if (!desk.whole) f.only_of = visit.actor.organisation;
    f.unanswered = q["antwort"] == "ohne";
    if (q["antwort"] == "spaet" && desk.procedure.promise_days)
        f.published_before = late_before(desk.procedure.promise_days, visit.now);
    if (const auto words = trimmed(q["q"]); !words.empty()) f.among = found_by(visit, desk, words);
    f.sort = q["sortierung"] == "alt"            ? DeskFilter::Sort::oldest
             : q["sortierung"] == "unterstuetzt" ? DeskFilter::Sort::supports
                                                 : DeskFilter::Sort::newest;
    return f;
}

http::Response list_view(Visit& visit, const Desk& desk, const Form& query, const Problems& problems) {
    DeskFilter filter = filter_of(visit, desk, query);
    const auto found = count_desk_list(visit.tx, visit.tenant.id, filter, most_counted);
    if (const auto key = key_from(query["nach"]); key.id) filter.after = key;
    auto list = desk_list(visit.tx, visit.tenant.id, filter, per_page + 1);
    Form narrowed = query;
    narrowed.remove("nach");
    const std::string sign = to_query(narrowed);
    // Not this page's own address: the list may be shown again after a form.
    const auto page_at = [&](const std::string& key) {
        Form wanted = narrowed;
        if (!key.empty()) wanted.set("nach", key);
        return visit.url(desk.path("/beitraege")) + "?" + to_query(wanted);
    };
    std::string next;
    if (int(list.size()) > per_page) {
        list.pop_back();
        const auto key = key_of(list.back(), filter.sort);
        next = page_at(fmt::format("{}-{}", key.value, key.id.value));
    }
    html::Values page;
    page.set(t::ERRORS, core::error_summary(visit, problems));
    fill_filters(visit, page, desk, query);
    fill_batches(visit, page, desk);
    const bool many = found > most_counted;
    page.set(t::FOUND, many ? visit.tr("over 1,000 contributions")
                            : visit.language.plural("{n} contribution", "{n} contributions", found));
    page.set(t::CSV_URL, visit.url(desk.path("/beitraege.csv")) + (sign.empty() ? "" : "?" + sign));
    page.set(t::XLSX_URL, visit.url(desk.path("/beitraege.xlsx")) + (sign.empty() ? "" : "?" + sign));
    if (list.empty()) page.show(t::NONE);
    if (!list.empty()) {
        auto table = page.add(t::TABLE);
        table.set(t::ACTION, visit.url(desk.path("/beitraege/auswahl"))).set(t::FILTER, sign);
        fill_acts(visit, table, desk);
        if (!many && !next.empty())
            table.add(t::EVERY).set(t::COUNT, visit.language.plural("{n} contribution", "{n} contributions", found));
        const auto marks = marks_of(visit, list);
        for (const auto& c : list) fill_row(visit, table.add(t::ROW), desk, c, marks);
    }
    page.set(t::PAGER, core::pager(visit, filter.after ? page_at("") : "", next, ""));
    const auto content =
        core::desk_frame(visit, desk.procedure, "/beitraege", html::render_part(t::file, page, visit.language));
    const auto head = core::desk_head(visit.tr("Contributions") + ": " + desk.procedure.title);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

http::Response list_page(Visit& visit) { return list_view(visit, desk_at(visit), visit.query, {}); }

http::Response export_csv(Visit& visit) {
    const Desk desk = desk_at(visit);
    auto response = as_file(desk, "text/csv; charset=utf-8", "csv");
    auto csv = std::make_shared<tables::CsvWriter>();
    csv->row(header(visit));
    response.producer = [database = visit.house.database, house = &visit.house, tenant = visit.tenant.id, csv,
                         words = ExportWords{&visit.language},
                         filter = filter_of(visit, desk, visit.query)](std::string& out) mutable {
        bool more = false;
        database->read([&](db::Tx& tx) {
            more = next_piece(tx, tenant, filter, [&](const ExportLine& line) {
                csv->row(
                    words.cells(line, [&](const Contribution& c) { return kind_word(*house, *words.language, c); }));
            });
        });
        out += csv->take();
        return more;
    };
    return response;
}

http::Response export_xlsx(Visit& visit) {
    const Desk desk = desk_at(visit);
    auto response = as_file(desk, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    tables::XlsxWriter xlsx(visit.now);
    xlsx.sheet(visit.tr("Contributions"), header(visit));
    const ExportWords words{&visit.language};
    auto filter = filter_of(visit, desk, visit.query);
    const auto write = [&](const ExportLine& line) {
        std::vector<tables::XlsxCell> cells;
        for (auto& text : words.cells(line, [&](const Contribution& c) { return kind_name(visit, c); }))
            cells.emplace_back(std::move(text));
        cells[0] = line.c.id.value, cells[9] = line.c.supports, cells[10] = line.c.comments;
        cells[11] = berlin_day(line.c.created_at);
        if (line.answered) cells[12] = berlin_day(*line.answered);
        xlsx.row(cells);
    };
    while (next_piece(visit.tx, visit.tenant.id, filter, write)) {
    }
    response.body = xlsx.finish();
    return response;
}

}  // namespace mitwirken::answers
