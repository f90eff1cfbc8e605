// Public formats with all that belongs to them, for exports: four queries for any number of formats.
#include <algorithm>
#include <map>

#include "modules/toolbox/listing.h"
#include "platform/db/db.h"

namespace mitwirken::toolbox {

namespace {

// The same piece of the list in each query.
#define PIECE                                                                                                    \
    "(SELECT format_id FROM toolbox_listed WHERE tenant_id = :tenant AND format_id > :after ORDER BY format_id " \
    "LIMIT :count)"

const db::Query select_formats{
    "toolbox.whole_formats",
    "SELECT id, key, state, publish, owner_id, title, title_en, purposes, forms, group_sizes, distance, lead_days, "
    "staff_days, cost, version, created_by, created_at, changed_at, published_at, summary, summary_en, duration, "
    "source, tips, description, tips_en, description_en, duration_en, source_en FROM toolbox_format WHERE id IN " PIECE
    " ORDER BY id"};
const db::Query select_links{"toolbox.whole_links",
                             "SELECT format_id, kind, title, url, note, title_en, note_en FROM "
                             "toolbox_link WHERE format_id IN " PIECE " ORDER BY format_id, kind, position"};
const db::Query select_related{
    "toolbox.whole_related",
    "SELECT r.format_id, r.related_key FROM toolbox_related r JOIN toolbox_listed l ON l.tenant_id = r.tenant_id AND "
    "l.key = r.related_key WHERE r.format_id IN " PIECE " ORDER BY r.format_id, r.position"};
const db::Query select_tips{"toolbox.whole_tips",
                            "SELECT format_id, by_tips FROM toolbox_listed WHERE tenant_id = :tenant AND "
                            "format_id > :after ORDER BY format_id LIMIT :count"};
const db::Query select_id{"toolbox.public_id",
                          "SELECT format_id FROM toolbox_listed WHERE tenant_id = :tenant AND key = :key"};

struct LinkRow {
    FormatId format;
    LinkKind kind;
    std::string title, url, note, title_en, note_en;
};
struct RelatedRow {
    FormatId format;
    std::string key;
};
struct TipsRow {
    FormatId format;
    std::int64_t by_tips;
};

}  // namespace

std::vector<Whole> public_formats_after(db::Tx& tx, TenantId tenant, FormatId after, int count) {
    std::vector<Whole> all;
    for (auto& format : tx.all<Format>(select_formats, tenant, after, count))
        all.push_back({std::move(format), {}, false});
    const auto at = [&](FormatId id) {
        const auto found = std::lower_bound(all.begin(), all.end(), id,
                                            [](const Whole& whole, FormatId other) { return whole.format.id < other; });
        return found != all.end() && found->format.id == id ? &*found : nullptr;
    };
    for (auto& row : tx.all<LinkRow>(select_links, tenant, after, count))
        if (auto* whole = at(row.format))
            (row.kind == LinkKind::material ? whole->parts.materials : whole->parts.tools)
                .push_back({std::move(row.title), std::move(row.url), std::move(row.note), std::move(row.title_en),
                            std::move(row.note_en)});
    for (auto& row : tx.all<RelatedRow>(select_related, tenant, after, count))
        if (auto* whole = at(row.format)) whole->parts.related.push_back(std::move(row.key));
    // by_tips counts material and files together; what is not material is a file.
    for (const auto& row : tx.all<TipsRow>(select_tips, tenant, after, count))
        if (auto* whole = at(row.format))
            whole->has_files = -row.by_tips > static_cast<std::int64_t>(whole->parts.materials.size());
    return all;
}

std::optional<Whole> public_format(db::Tx& tx, TenantId tenant, const std::string& key) {
    const auto id = tx.one<FormatId>(select_id, tenant, key);
    if (!id) return {};
    auto found = public_formats_after(tx, tenant, FormatId{id->value - 1}, 1);
    if (found.empty() || found.front().format.id != *id) return {};
    return std::move(found.front());
}

}  // namespace mitwirken::toolbox
