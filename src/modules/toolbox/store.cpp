// Rows of formats, their links and relations. Writing keeps revision, public list, counts and search together.
#include "modules/toolbox/toolbox.h"

#include "core/attachments/attachments.h"
#include "modules/toolbox/listing.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"
#include "platform/db/db.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::toolbox {

namespace {

#define FORMAT_COLUMNS                                                                                             \
    "id, key, state, publish, owner_id, title, title_en, purposes, forms, group_sizes, distance, lead_days, "      \
    "staff_days, cost, version, created_by, created_at, changed_at, published_at, summary, summary_en, duration, " \
    "source, tips, description, tips_en, description_en, duration_en, source_en"

const db::Query select_by_key{"toolbox.format_by_key",
                              "SELECT " FORMAT_COLUMNS " FROM toolbox_format WHERE tenant_id = :tenant AND key = :key"};
const db::Query select_by_id{"toolbox.format",
                             "SELECT " FORMAT_COLUMNS " FROM toolbox_format WHERE tenant_id = :tenant AND id = :id"};
const db::Query select_after{"toolbox.formats_after", "SELECT " FORMAT_COLUMNS
                                                      " FROM toolbox_format WHERE tenant_id = :tenant AND id > :after "
                                                      "ORDER BY id LIMIT :count"};
#undef FORMAT_COLUMNS

const db::Query insert_format{"toolbox.format_insert", R"(
    INSERT INTO toolbox_format (tenant_id, key, state, publish, owner_id, title, title_en, title_key, purposes, forms,
        group_sizes, distance, lead_days, staff_days, cost, version, created_by, created_at, changed_at, published_at,
        summary, summary_en, duration, source, tips, description, tips_en, description_en, duration_en, source_en)
    VALUES (:tenant, :key, :state, :publish, :owner, :title, :title_en, :title_key, :purposes, :forms, :group_sizes,
        :distance, :lead_days, :staff_days, :cost, 0, :created_by, :created_at, :changed_at, :published_at,
        :summary, :summary_en, :duration, :source, :tips, :description, :tips_en, :description_en, :duration_en,
        :source_en) RETURNING id)"};
const db::Query update_format{"toolbox.format_update", R"(
    UPDATE toolbox_format SET key = :key, state = :state, publish = :publish, owner_id = :owner, title = :title,
        title_en = :title_en, title_key = :title_key, purposes = :purposes, forms = :forms, group_sizes = :group_sizes,
        distance = :distance, lead_days = :lead_days, staff_days = :staff_days, cost = :cost, changed_at = :changed_at,
        published_at = :published_at, summary = :summary, summary_en = :summary_en, duration = :duration,
        source = :source, tips = :tips, description = :description, tips_en = :tips_en,
        description_en = :description_en, duration_en = :duration_en, source_en = :source_en
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query update_version{"toolbox.format_version", R"(
    UPDATE toolbox_format SET version = :version WHERE id = :id)"};
const db::Query update_state{"toolbox.format_state", R"(
    UPDATE toolbox_format SET state = :state, published_at = COALESCE(published_at, :published_at), changed_at = :now
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query key_taken{"toolbox.key_taken", R"(
    SELECT EXISTS (SELECT 1 FROM toolbox_format WHERE tenant_id = :tenant AND key = :key))"};

const db::Query delete_links{"toolbox.links_delete", "DELETE FROM toolbox_link WHERE format_id = :format"};
const db::Query insert_link{"toolbox.link_insert", R"(
    INSERT INTO toolbox_link (tenant_id, format_id, kind, position, title, url, note, title_en, note_en)
    VALUES (:tenant, :format, :kind, :position, :title, :url, :note, :title_en, :note_en))"};
const db::Query select_links{"toolbox.links", R"(
    SELECT kind, title, url, note, title_en, note_en FROM toolbox_link WHERE format_id = :format
    ORDER BY kind, position)"};
const db::Query delete_related{"toolbox.related_delete", "DELETE FROM toolbox_related WHERE format_id = :format"};
const db::Query insert_related{"toolbox.related_insert", R"(
    INSERT INTO toolbox_related (tenant_id, format_id, position, related_key)
    VALUES (:tenant, :format, :position, :key))"};
const db::Query select_related{"toolbox.related", R"(
    SELECT related_key FROM toolbox_related WHERE format_id = :format ORDER BY position)"};

const db::Query count_in_state{"toolbox.formats_in_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM toolbox_format WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query published_reports{"toolbox.reports_count_of", R"(
    SELECT count(*) FROM toolbox_report WHERE format_id = :format AND state = 'published')"};

const db::Query select_listed_facets{"toolbox.listed_facets",
                                     "SELECT facets FROM toolbox_listed WHERE format_id = :id"};
const db::Query delete_listed{"toolbox.listed_delete", "DELETE FROM toolbox_listed WHERE format_id = :id"};
const db::Query delete_all_listed{"toolbox.listed_delete_all", "DELETE FROM toolbox_listed WHERE tenant_id = :tenant"};
const db::Query insert_listed{"toolbox.listed_insert", R"(
    INSERT INTO toolbox_listed (format_id, tenant_id, key, facets, title_key, by_purpose, by_form, by_size, by_distance,
        by_description, by_tips, by_tools, by_effort, by_reports, by_change, by_age, title, title_en, lead_days,
        staff_days, cost, summary, summary_en)
    VALUES (:format, :tenant, :key, :facets, :title_key, :purpose, :form, :size, :distance, :description, :tips, :tools,
        :effort, :reports, :change, :age, :title, :title_en, :lead_days, :staff_days, :cost, :summary, :summary_en))"};
const db::Query select_counts{"toolbox.counts", "SELECT counts FROM toolbox_counts WHERE tenant_id = :tenant"};
const db::Query save_counts{"toolbox.counts_save", R"(
    INSERT INTO toolbox_counts (tenant_id, counts) VALUES (:tenant, :counts)
    ON CONFLICT (tenant_id) DO UPDATE SET counts = excluded.counts)"};

struct LinkRow {
    LinkKind kind;
    std::string title, url, note, title_en, note_en;
};

void write_parts(db::Tx& tx, TenantId tenant, FormatId id, const Parts& parts) {
    tx.exec(delete_links, id);
    tx.exec(delete_related, id);
    int position = 0;
    for (const auto& link : parts.materials)
        tx.exec(insert_link, tenant, id, LinkKind::material, position++, link.title, link.url, link.note, link.title_en,
                link.note_en);
    for (const auto& link : parts.tools)
        tx.exec(insert_link, tenant, id, LinkKind::tool, position++, link.title, link.url, link.note, link.title_en,
                link.note_en);
    position = 0;
    for (const auto& key : parts.related) tx.exec(insert_related, tenant, id, position++, key);
}

struct Change {
    std::optional<int> before, after;  // facets, when listed
};
void change_counts(db::Tx& tx, TenantId tenant, const Change& change) {
    if (change.before == change.after) return;
    const auto stored = tx.one<db::Bytes>(select_counts, tenant);
    Counts counts(stored ? stored->data : std::string());
    if (change.before) counts.add(*change.before, -1);
    if (change.after) counts.add(*change.after, 1);
    tx.exec(save_counts, tenant, db::Bytes{counts.bytes()});
}

void put_into_search(db::Tx& tx, TenantId tenant, const Format& format, const Parts& parts) {
    search::Document document{tenant.value,
                              "toolbox",
                              format.id.value,
                              is_public(format) ? "public" : "staff",
                              format.title,
                              format.summary,
                              {},
                              "/instrumente/" + format.key,
                              "format",
                              format.changed_at};
    document.body = html::markdown_to_text(format.description) + "\n" + html::markdown_to_text(format.tips);
    for (const auto* links : {&parts.materials, &parts.tools})
        for (const auto& link : *links)
            document.body += "\n" + link.title + " " + link.note + " " + link.title_en + " " + link.note_en;
    document.body += "\n" + format.title_en + "\n" + format.summary_en + "\n" +
                     html::markdown_to_text(format.description_en) + "\n" + html::markdown_to_text(format.tips_en);
    search::put(tx, document);
}

void put_into_list(db::Tx& tx, TenantId tenant, const Format& format, const Parts& parts) {
    const int bits = facet_bits(format);
    const auto files = static_cast<std::int64_t>(core::attachments(tx, tenant, ref_of(format.id)).size());
    const auto materials = files + static_cast<std::int64_t>(parts.materials.size());
    const auto reports = tx.value<std::int64_t>(published_reports, format.id);
    const auto published = format.published_at.value_or(format.changed_at);
    tx.exec(insert_listed, format.id, tenant, format.key, bits, title_key(format.title), rank_of(purposes(), bits),
            rank_of(forms(), bits), rank_of(group_sizes(), bits), rank_of(distance(), bits),
            static_cast<std::int64_t>(letters(format.description)), -materials,
            -static_cast<std::int64_t>(parts.tools.size()), format.staff_days.value_or(1'000'000), -reports,
            -format.changed_at.time_since_epoch().count(), -published.time_since_epoch().count(), format.title,
            format.title_en, format.lead_days, format.staff_days, format.cost, format.summary, format.summary_en);
}

}  // namespace

void refresh(db::Tx& tx, TenantId tenant, FormatId id, Timestamp) {
    const auto format = find_format(tx, tenant, id);
    if (!format) return;
    Change change;
    change.before = tx.one<int>(select_listed_facets, id);
    if (change.before) tx.exec(delete_listed, id);
    if (format->state == State::published) {
        const Parts parts = parts_of(tx, id);
        if (is_public(*format)) {
            put_into_list(tx, tenant, *format, parts);
            change.after = facet_bits(*format);
        }
        put_into_search(tx, tenant, *format, parts);
    } else {
        search::remove(tx, "toolbox", id.value);
    }
    change_counts(tx, tenant, change);
}

void refresh_all(db::Tx& tx, TenantId tenant, Timestamp now) {
    tx.exec(delete_all_listed, tenant);
    tx.exec(save_counts, tenant, db::Bytes{});
    FormatId after;
    for (;;) {
        const auto some = formats_after(tx, tenant, after, 200);
        if (some.empty()) return;
        for (const auto& format : some) refresh(tx, tenant, format.id, now);
        after = some.back().id;
    }
}

void save(db::Tx& tx, TenantId tenant, Format& format, const Parts& parts, AccountId by, const std::string& comment,
          Timestamp now) {
    format.changed_at = now;
    if (format.state == State::published && !format.published_at) format.published_at = now;
    const auto key = title_key(format.title);
    if (!format.id) {
        format.created_at = now;
        format.created_by = by;
        format.id = tx.value<FormatId>(
            insert_format, tenant, format.key, format.state, format.publish, format.owner, format.title,
            format.title_en, key, format.purposes, format.forms, format.group_sizes, format.distance, format.lead_days,
            format.staff_days, format.cost, format.created_by, format.created_at, format.changed_at,
            format.published_at, format.summary, format.summary_en, format.duration, format.source, format.tips,
            format.description, format.tips_en, format.description_en, format.duration_en, format.source_en);
    } else {
        tx.exec(update_format, format.key, format.state, format.publish, format.owner, format.title, format.title_en,
                key, format.purposes, format.forms, format.group_sizes, format.distance, format.lead_days,
                format.staff_days, format.cost, format.changed_at, format.published_at, format.summary,
                format.summary_en, format.duration, format.source, format.tips, format.description, format.tips_en,
                format.description_en, format.duration_en, format.source_en, tenant, format.id);
    }
    write_parts(tx, tenant, format.id, parts);
    format.version = core::add_revision(tx, tenant, ref_of(format.id), snapshot(format, parts), by, comment, now);
    tx.exec(update_version, format.version, format.id);
    refresh(tx, tenant, format.id, now);
}

void add_note(db::Tx& tx, TenantId tenant, const Format& format, const Parts& parts, AccountId by,
              const std::string& comment, Timestamp now) {
    const auto version = core::add_revision(tx, tenant, ref_of(format.id), snapshot(format, parts), by, comment, now);
    tx.exec(update_version, version, format.id);
}

void set_state(db::Tx& tx, TenantId tenant, FormatId id, State state, Timestamp now) {
    const std::optional<Timestamp> published = state == State::published ? std::optional(now) : std::nullopt;
    tx.exec(update_state, state, published, now, tenant, id);
    refresh(tx, tenant, id, now);
}

std::optional<Format> find_format(db::Tx& tx, TenantId tenant, const std::string& key) {
    return tx.one<Format>(select_by_key, tenant, key);
}

std::optional<Format> find_format(db::Tx& tx, TenantId tenant, FormatId id) {
    return tx.one<Format>(select_by_id, tenant, id);
}

std::vector<Format> formats_after(db::Tx& tx, TenantId tenant, FormatId after, int count) {
    return tx.all<Format>(select_after, tenant, after, count);
}

Parts parts_of(db::Tx& tx, FormatId id) {
    Parts parts;
    for (auto& row : tx.all<LinkRow>(select_links, id))
        (row.kind == LinkKind::material ? parts.materials : parts.tools)
            .push_back({std::move(row.title), std::move(row.url), std::move(row.note), std::move(row.title_en),
                        std::move(row.note_en)});
    parts.related = tx.all<std::string>(select_related, id);
    return parts;
}

std::string free_key(db::Tx& tx, TenantId tenant, const std::string& title) {
    return mitwirken::free_key(slug(title).substr(0, 70), "format", [&](const std::string& key) {
        return is_reserved(key) || tx.value<bool>(key_taken, tenant, key);
    });
}

// "100 %" is searched for as it stands.
static std::string like_pattern(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + "%";
}

std::vector<ManagedFormat> managed_formats(db::Tx& tx, TenantId tenant, const ManagedFilter& filter, FormatId from,
                                           bool backwards, int count) {
    std::string sql =
        "SELECT id, key, title, title_key, state, publish, owner_id, version, changed_at FROM toolbox_format "
        "WHERE tenant_id = :p1";
    std::vector<db::Parameter> values{tenant.value};
    const auto bind = [&](db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    };
    if (filter.state) sql += " AND state = " + bind(std::string(to_word(*filter.state)));
    if (filter.owner) sql += " AND owner_id = " + bind(filter.owner->value);
    if (!filter.text.empty()) {
        // The key spells umlauts out, so that they are found whatever a database thinks of their capitals.
        sql += " AND (lower(title) LIKE " + bind(like_pattern(lower_ascii(filter.text))) + " ESCAPE '!'";
        const std::string word = slug(filter.text);
        if (!word.empty()) sql += " OR key LIKE " + bind(like_pattern(word)) + " ESCAPE '!'";
        sql += ")";
    }
    const bool by_title = filter.order == ManagedOrder::title || filter.order == ManagedOrder::title_down;
    const bool falls = filter.order == ManagedOrder::title_down || filter.order == ManagedOrder::changed;
    const bool down = falls != backwards;
    const std::string column = by_title ? "title_key" : "changed_at";
    if (from)
        sql += " AND (" + column + ", id) " + (down ? "<" : ">") + " (SELECT " + column +
               ", id FROM toolbox_format WHERE id = " + bind(from.value) + ")";
    const std::string direction = down ? " DESC" : "";
    sql += " ORDER BY " + column + direction + ", id" + direction + " LIMIT " + bind(std::int64_t{count});
    auto found = tx.all_built_with<ManagedFormat>(sql, values);
    if (backwards) std::reverse(found.begin(), found.end());
    return found;
}

std::int64_t count_formats(db::Tx& tx, TenantId tenant, State state) {
    return tx.value<std::int64_t>(count_in_state, tenant, state);
}

}  // namespace mitwirken::toolbox
