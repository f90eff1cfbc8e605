// Carrying out an import, or saying what it would do; see import.h. What must stay true: both follow the same plan, and
// the whole import is one transaction.
#include "modules/toolbox/import.h"

#include "core/house.h"
#include "modules/toolbox/pages.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::toolbox {

namespace {

using core::ImportReport;

// Both texts of every changed field are kept for so many entries; of all others the names of the fields.
constexpr std::size_t most_shown = 200;

void keep_what_is_not_given(ImportRow& row, const Format& stored, const Parts& parts) {
    Format& f = row.format;
    const auto keep = [&](const char* column, auto& value, const auto& before) {
        if (row.given.find(column) == row.given.end()) value = before;
    };
    keep("title", f.title, stored.title), keep("title_en", f.title_en, stored.title_en);
    keep("summary", f.summary, stored.summary), keep("summary_en", f.summary_en, stored.summary_en);
    keep("purposes", f.purposes, stored.purposes), keep("forms", f.forms, stored.forms);
    keep("group_sizes", f.group_sizes, stored.group_sizes);
    keep("distance", f.distance, stored.distance), keep("publish", f.publish, stored.publish);
    keep("description", f.description, stored.description), keep("tips", f.tips, stored.tips);
    keep("duration", f.duration, stored.duration), keep("source", f.source, stored.source);
    keep("lead_days", f.lead_days, stored.lead_days), keep("staff_days", f.staff_days, stored.staff_days);
    keep("cost", f.cost, stored.cost);
    keep("materials", row.parts.materials, parts.materials), keep("tools", row.parts.tools, parts.tools);
    keep("related", row.parts.related, parts.related);
    keep("description_en", f.description_en, stored.description_en), keep("tips_en", f.tips_en, stored.tips_en);
    keep("duration_en", f.duration_en, stored.duration_en), keep("source_en", f.source_en, stored.source_en);
    f.id = stored.id, f.state = stored.state, f.owner = stored.owner, f.version = stored.version;
    f.created_by = stored.created_by, f.created_at = stored.created_at, f.published_at = stored.published_at;
}

// English words of links: as the file says, else those of the stored link of the same title and address.
void settle_english(ImportRow& row, const char* column, std::vector<Link>& links, const std::vector<std::string>& lines,
                    const std::vector<Link>& stored, ImportReport& report) {
    if (row.given.count(column) != 0) {
        if (!put_english(links, lines))
            report.problems.push_back({row.place, column, tr_noop("These are more lines than there are links.")});
        return;
    }
    for (auto& link : links)
        for (const auto& old : stored)
            if (old.title == link.title && old.url == link.url && link.title_en.empty() && link.note_en.empty())
                link.title_en = old.title_en, link.note_en = old.note_en;
}

// The export names no neighbours that are not public; reading it in again must not lose them.
void keep_hidden_neighbours(db::Tx& tx, core::TenantId tenant, ImportRow& row, const std::vector<std::string>& stored) {
    std::vector<std::string> shown, hidden;
    for (const auto& key : stored) (listed(tx, tenant, {key}).empty() ? hidden : shown).push_back(key);
    auto& related = row.parts.related;
    if (related == shown) {
        related = stored;
        return;
    }
    for (const auto& key : hidden)
        if (std::find(related.begin(), related.end(), key) == related.end()) related.push_back(key);
}

void plan_row(db::Tx& tx, core::TenantId tenant, ImportRow& row, ImportReport& report) {
    ImportReport::Change change{row.format.key, row.format.title, "new", {}, {}, {}};
    const auto stored = find_format(tx, tenant, row.format.key);
    core::Snapshot before;
    const Parts parts = stored ? parts_of(tx, stored->id) : Parts{};
    if (stored) {
        keep_what_is_not_given(row, *stored, parts);
        keep_hidden_neighbours(tx, tenant, row, parts.related);
        before = snapshot(*stored, parts);
        change.title = row.format.title;
    } else if (row.format.title.empty()) {
        report.problems.push_back({row.place, "title", tr_noop("Please give the format a name.")});
    }
    settle_english(row, "materials_en", row.parts.materials, row.materials_en, parts.materials, report);
    settle_english(row, "tools_en", row.parts.tools, row.tools_en, parts.tools, report);
    const auto after = snapshot(row.format, row.parts);
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::string old = stored ? before[i].second : "";
        if (old == after[i].second) continue;
        change.fields.push_back(after[i].first);
        if (report.changes.size() >= most_shown) continue;
        change.before.emplace_back(after[i].first, old);
        change.after.push_back(after[i]);
    }
    if (stored) change.what = change.fields.empty() ? "same" : "changed";
    report.changes.push_back(std::move(change));
}

// What people filter and read first must be there: nothing half empty becomes public by a file, and nothing that is not
// a draft is emptied by one. The description of a new entry may follow in the form.
void need_complete(const ImportRow& row, core::ImportReport& report) {
    const Format& f = row.format;
    if (f.id ? f.state == State::draft : !f.publish) return;
    const auto need = [&](bool there, const char* column, const Message& words) {
        if (!there) report.problems.push_back({row.place, column, words});
    };
    need(!f.summary.empty(), "summary", tr_noop("Please say in one or two sentences what it is."));
    need(!f.id || row.given.count("description") == 0 || !f.description.empty(), "description",
         tr_noop("Please describe the format."));
    need(f.purposes != 0, "purposes", tr_noop("Please choose at least one."));
    need(f.forms != 0, "forms", tr_noop("Please choose at least one."));
    need(f.group_sizes != 0, "group_sizes", tr_noop("Please choose at least one."));
}

void make_plan(db::Tx& tx, core::TenantId tenant, std::vector<ImportRow>& rows, ImportOutcome& outcome) {
    outcome.report.changes.clear();
    crypto::Sha256 plan;
    for (auto& row : rows) {
        plan_row(tx, tenant, row, outcome.report);
        const auto& change = outcome.report.changes.back();
        if (change.what != "same") need_complete(row, outcome.report);
        plan.add(change.key + ' ' + change.what + ' ' + std::to_string(row.format.version) + '\n');
    }
    outcome.plan = plan.hex();
}

}  // namespace

ImportOutcome run_import(const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                         ImportKind kind, const std::string& expected_plan) {
    ImportOutcome outcome;
    auto rows = read_import_rows(bytes, outcome.report);
    std::map<std::string, std::string> seen;
    for (const auto& row : rows)
        if (!row.format.key.empty() && !seen.emplace(row.format.key, row.place).second)
            outcome.report.problems.push_back(
                {row.place, "key", tr_noop("This key stands twice: {text}", {{"text", row.format.key}})});
    if (outcome.report.problems.empty() && rows.empty())
        outcome.report.problems.push_back({"", "", tr_noop("There is no entry in this file.")});
    if (!outcome.report.problems.empty()) return outcome;
    if (kind == ImportKind::dry_run) {
        house.database->read([&](db::Tx& tx) { make_plan(tx, tenant, rows, outcome); });
        return outcome;
    }
    house.database->write([&](db::Tx& tx) {
        make_plan(tx, tenant, rows, outcome);
        if (!outcome.report.problems.empty() || (!expected_plan.empty() && outcome.plan != expected_plan)) return;
        const auto now = house.clock->now();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (outcome.report.changes[i].what == "same") continue;
            Format& f = rows[i].format;
            if (!f.id)
                f.state = !f.publish ? State::draft : kind == ImportKind::hand_in ? State::handed_in : State::published;
            save(tx, tenant, f, rows[i].parts, by, "Import", now);
        }
        outcome.done = true;
        house.versions.raise_at_commit(tx, tenant, "toolbox");
    });
    return outcome;
}

ImportReport import_data(const core::House& house, core::TenantId tenant, core::AccountId by, const std::string& bytes,
                         const core::ImportOptions& options) {
    const ImportKind kind = options.dry_run   ? ImportKind::dry_run
                            : options.publish ? ImportKind::carry_out
                                              : ImportKind::hand_in;
    return run_import(house, tenant, by, bytes, kind).report;
}

}  // namespace mitwirken::toolbox
