// The screens of the import: choose a file; see what would change, field by field, or what is wrong, row by row;
// confirm. Between the second and the third the file waits in the data folder, readable for the account that sent it,
// an hour.
#include "core/attachments/sent_file.h"
#include "core/attachments/waiting_file.h"
#include "core/editorial/editorial.h"
#include "core/forms/table.h"
#include "modules/toolbox/import.h"
#include "modules/toolbox/pages.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

namespace {

using core::ImportReport;
using core::Visit;
const std::string base = "/verwaltung/instrumente-einlesen";
constexpr std::size_t most_lines = 500;
constexpr std::uint64_t most_bytes = 50'000'000;

// What the route's prepare function found out.
struct ImportWork {
    ImportOutcome outcome;
    std::string token;  // of the waiting file
    std::optional<Message> file_problem;
    bool confirmed = false;
};

void look_at(core::Preparation& p, ImportWork& work, const std::string& bytes) {
    work.outcome = run_import(p.house, p.tenant.id, p.actor.account, bytes, ImportKind::dry_run);
    if (work.outcome.report.problems.empty()) work.token = core::let_wait(p.house, p.actor.account, bytes);
}

void carry_out(core::Preparation& p, ImportWork& work) {
    const std::string& token = p.form["token"];
    const auto bytes = core::waiting_bytes(p.house, p.actor.account, token);
    work.confirmed = true;
    if (!bytes) {
        work.file_problem = tr_noop("The file is no longer here: it waits for an hour. Please choose it again.");
        return;
    }
    work.outcome = run_import(p.house, p.tenant.id, p.actor.account, *bytes, ImportKind::carry_out, p.form["plan"]);
    if (work.outcome.done)
        core::stop_waiting(p.house, p.actor.account, token);
    else
        work.token = token;
}

// ---- words

std::string place_words(const Visit& visit, const std::string& place) {
    if (starts_with(place, "line ")) return visit.tr(tr_noop("Line {n}", {{"n", place.substr(5)}}));
    if (starts_with(place, "entries[") && place.back() == ']')
        if (const auto number = to_int(place.substr(8, place.size() - 9)))
            return visit.tr(tr_noop("Entry {n}", {{"n", std::to_string(*number + 1)}}));
    return place.empty() || place == "file" ? visit.tr("File") : place;
}

std::size_t count_of(const ImportReport& report, std::string_view what) {
    return std::size_t(std::count_if(report.changes.begin(), report.changes.end(),
                                     [&](const ImportReport::Change& change) { return change.what == what; }));
}

std::string summary_of(const Visit& visit, const ImportReport& report) {
    const auto number = [&](std::string_view what) {
        return visit.language.number(std::int64_t(count_of(report, what)));
    };
    return visit.tr(tr_noop("{new} new, {changed} changed, {same} unchanged",
                            {{"new", number("new")}, {"changed", number("changed")}, {"same", number("same")}}));
}

// ---- parts of the page

html::SafeHtml problem_table(const Visit& visit, const ImportReport& report) {
    core::TableView view{.id = "problems", .caption = visit.tr("What has to be put right")};
    view.columns = {visit.tr("Where in the file"), visit.tr("Column"), visit.tr("What is wrong")};
    for (const auto& line : report.problems) {
        if (view.rows.size() >= most_lines) break;
        view.rows.push_back({core::text_cell(place_words(visit, line.place)), core::text_cell(line.column),
                             core::text_cell(visit.tr(line.message))});
    }
    return core::table(visit, view);
}

html::SafeHtml change_table(const Visit& visit, const ImportReport& report) {
    core::TableView view{.id = "changes", .caption = visit.tr("Entries of the file")};
    view.columns = {visit.tr("Format/method"), visit.tr("Key"), visit.tr("What"), visit.tr("Fields")};
    for (const auto& change : report.changes) {
        if (view.rows.size() >= most_lines) break;
        const bool same = change.what == "same", fresh = change.what == "new";
        const Message word = same ? tr_noop("unchanged") : fresh ? tr_noop("new") : tr_noop("changed");
        std::vector<std::string> fields;
        if (!fresh)
            for (const auto& field : change.fields) fields.push_back(visit.tr(field));
        view.rows.push_back({core::text_cell(change.title), core::text_cell(change.key),
                             core::pill_cell(visit.tr(word), same    ? "plain"
                                                             : fresh ? "ok"
                                                                     : "review"),
                             core::text_cell(fresh ? visit.tr("all") : join(fields, ", "))});
    }
    return core::table(visit, view);
}

void add_plan(const Visit& visit, const ImportWork& work, html::Values& page) {
    namespace t = tpl::import_page;
    const auto& report = work.outcome.report;
    auto plan = page.add(t::PLAN).set(t::WORDS, summary_of(visit, report)).set(t::TABLE, change_table(visit, report));
    plan.show_if(work.confirmed, t::MEANWHILE);
    if (report.changes.size() > most_lines)
        plan.add(t::MORE).set(t::NUMBER, visit.language.number(std::int64_t(report.changes.size() - most_lines)));
    for (const auto& change : report.changes)
        if (change.what == "changed" && !change.after.empty())
            plan.add(t::CHANGE)
                .set(t::TITLE, change.title)
                .set(t::DIFFERENCE, core::comparison(visit, change.before, change.after));
    if (count_of(report, "same") == report.changes.size())
        plan.show(t::NOTHING);
    else
        plan.add(t::CONFIRM)
            .set(t::ACTION, visit.url(base))
            .set(t::TOKEN, work.token)
            .set(t::STATE, work.outcome.plan)
            .set(t::NUMBER, visit.language.number(std::int64_t(report.changes.size() - count_of(report, "same"))));
}

html::SafeHtml content(Visit& visit, const ImportWork* work, const Problems& problems) {
    namespace t = tpl::import_page;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Import formats"),
                                               .lead = visit.tr("CSV or JSON, as the export writes it. First you see "
                                                                "what would change; nothing is taken over unless every "
                                                                "row is right."),
                                               .crumbs = {{visit.tr("Toolbox"), "/verwaltung/instrumente"}}}));
    if (work && !work->outcome.report.problems.empty()) {
        const auto number = std::int64_t(work->outcome.report.problems.size());
        auto box =
            page.add(t::PROBLEMS)
                .set(t::WORDS, visit.language.plural("One thing has to be put right. Nothing was changed.",
                                                     "{n} things have to be put right. Nothing was changed.", number))
                .set(t::TABLE, problem_table(visit, work->outcome.report));
        if (number > std::int64_t(most_lines))
            box.add(t::MORE).set(t::NUMBER, visit.language.number(number - std::int64_t(most_lines)));
    } else if (work && !problems.any()) {
        add_plan(visit, *work, page);
    }
    core::FormView form(visit, visit.form, problems);
    form.file("file", tr_noop("File")).takes(".csv,.json").hint(tr_noop("At most 20,000 formats and 50 MB."));
    page.set(
        t::FORM,
        form.html({.action = base, .submit = tr_noop("Show what would change"), .has_files = true, .once = false}));
    for (const auto& column : csv_columns()) page.add(t::COLUMN).set(t::NAME, column.german).set(t::WORD, column.name);
    page.set(t::CSV_URL, "/instrumente.csv").set(t::JSON_URL, "/instrumente.json");
    return html::render_part(t::file, page, visit.language);
}

core::PageHead head_of(const Visit& visit) {
    return {
        .title = visit.tr("Import formats"), .navigation = "/verwaltung/instrumente", .kind = "admin", .admin = true};
}

}  // namespace

http::Response import_page(Visit& visit) { return visit.page(head_of(visit), content(visit, nullptr, {})); }

// The work was done in the route's prepare function, which has transactions of its own.
http::Response import_form(Visit& visit) {
    auto* work = visit.prepared<ImportWork>();
    Problems problems;
    if (!work)
        problems.add("file", tr_noop("Please choose a file."));
    else if (work->file_problem)
        problems.add("file", *work->file_problem);
    if (problems.any() || !work->outcome.report.problems.empty())
        return core::show_again(visit, head_of(visit), content(visit, work, problems));
    if (!work->outcome.done) return visit.page(head_of(visit), content(visit, work, {}));
    const auto& report = work->outcome.report;
    visit.record("toolbox.imported", {"toolbox", 0}, std::to_string(report.changes.size() - count_of(report, "same")));
    return visit.go("/verwaltung/instrumente",
                    tr_noop("The import is done: {words}.", {{"words", summary_of(visit, report)}}));
}

void read_import(core::Preparation& p) {
    ImportWork work;
    if (p.form.has("token")) {
        carry_out(p, work);
        p.result = std::move(work);
        return;
    }
    const auto file = core::sent_file(p, most_bytes);
    if (!file) return;
    if (file->too_large)
        work.file_problem = tr_noop("The file is larger than 50 MB. Please divide it.");
    else
        look_at(p, work, file->bytes);
    p.result = std::move(work);
}

}  // namespace mitwirken::toolbox
