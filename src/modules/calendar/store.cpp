// Every SQL statement of dates. The text of the lists is put together from literals; values are bound.
// What must stay true: lists page by (sort_at, id), so no page shows a date twice or leaves one out.
#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/events.h"
#include "platform/base/free_key.h"
#include "platform/base/text.h"

#define CALENDAR_COLUMNS                                                                                          \
    "e.id, e.key, e.state, e.organisation_id, e.title, e.summary, e.body, e.starts_at, e.ends_at, e.all_day, "    \
    "e.approximate, e.place, e.lon, e.lat, e.online, e.registration, e.accessibility, e.organiser, e.cancelled, " \
    "e.cancelled_reason, e.credit, e.publish_at, e.unpublish_at, e.changed_at, e.sequence, e.procedure_key"

namespace mitwirken::calendar {

namespace {

const db::Query select_by_id{"calendar.by_id", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_by_key{"calendar.by_key", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_all{"calendar.all", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant ORDER BY id)"};
#define CALENDAR_OF_PROCEDURE                                                                                 \
    " FROM calendar_event e WHERE tenant_id = :tenant AND procedure_key = :procedure AND state = 'published'" \
    " AND (publish_at IS NULL OR publish_at <= :now1) AND (unpublish_at IS NULL OR unpublish_at > :now2)"
const db::Query select_coming{"calendar.procedure_coming", "SELECT " CALENDAR_COLUMNS CALENDAR_OF_PROCEDURE
                                                           " AND over_at > :now3 ORDER BY sort_at, id LIMIT :count"};
const db::Query select_past{"calendar.procedure_past",
                            "SELECT " CALENDAR_COLUMNS CALENDAR_OF_PROCEDURE
                            " AND over_at <= :now3 ORDER BY sort_at DESC, id DESC LIMIT :count"};
const db::Query select_tenant{"calendar.tenant", "SELECT tenant_id FROM calendar_event WHERE id = :id"};
const db::Query count_keys{"calendar.key_taken",
                           "SELECT count(*) FROM calendar_event WHERE tenant_id = :tenant AND key = :key"};
const db::Query count_state{"calendar.count_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM calendar_event WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query insert_event{"calendar.insert", R"(
    INSERT INTO calendar_event (tenant_id, key, state, organisation_id, title, summary, body, starts_at, ends_at,
        all_day, approximate, place, lon, lat, online, registration, accessibility, organiser, cancelled,
        cancelled_reason, credit, publish_at, unpublish_at, changed_at, changed_by, sort_at, over_at, span,
        procedure_key)
    VALUES (:tenant, :key, :state, :organisation, :title, :summary, :body, :starts, :ends, :all_day, :approximate,
        :place, :lon, :lat, :online, :registration, :accessibility, :organiser, :cancelled, :reason, :credit, :publish,
        :unpublish, :now, :by, :sort_at, :over_at, :span, :procedure)
    RETURNING id)"};
const db::Query update_event{"calendar.update", R"(
    UPDATE calendar_event SET state = :state, organisation_id = :organisation, title = :title, summary = :summary,
        body = :body, starts_at = :starts, ends_at = :ends, all_day = :all_day, approximate = :approximate,
        place = :place, lon = :lon, lat = :lat, online = :online, registration = :registration,
        accessibility = :accessibility, organiser = :organiser, cancelled = :cancelled, cancelled_reason = :reason,
        credit = :credit, publish_at = :publish, unpublish_at = :unpublish, changed_at = :now, changed_by = :by,
        sort_at = :sort_at, over_at = :over_at, span = :span, procedure_key = :procedure,
        sequence = sequence + 1
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_of_person{"calendar.of_person", R"(
    SELECT title, changed_at FROM calendar_event WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"calendar.forget_person",
                              "UPDATE calendar_event SET changed_by = 0 WHERE changed_by = :by"};

struct OfPerson {
    std::string title;
    Timestamp changed_at;
};

std::int64_t ms(Timestamp instant) { return instant.time_since_epoch().count(); }

struct Condition {
    std::string text;
    std::vector<db::Parameter> values;
    bool few = false;  // what is wanted is named one by one
    std::string bind(db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
};

bool only_past(const Filter& filter) { return filter.past && !filter.from && !filter.until; }

// Dates that are over by then are not wanted; nothing when they are.
std::optional<Timestamp> not_over_before(const Filter& filter, Timestamp now) {
    if (filter.from) return filter.from;
    return filter.past || filter.until ? std::nullopt : std::optional(now);
}

Condition where(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now) {
    Condition c;
    const auto t = c.bind(tenant.value), n = c.bind(ms(now));
    c.text = "e.tenant_id = " + t + " AND e.state = 'published' AND (e.publish_at IS NULL OR e.publish_at <= " + n +
             ") AND (e.unpublish_at IS NULL OR e.unpublish_at > " + n + ")";
    if (const auto lower = not_over_before(filter, now)) c.text += " AND e.over_at > " + c.bind(ms(*lower));
    if (filter.until) c.text += " AND e.sort_at < " + c.bind(ms(*filter.until));
    if (only_past(filter)) c.text += " AND e.over_at <= " + n;
    for (const auto term : filter.terms) {
        const auto bears = core::bears_term(tx, tenant, "calendar", term, "e.id", c.values);
        c.text += bears.sql, c.few = c.few || bears.few;
    }
    if (c.few) c.text.insert(0, "+");  // keeps SQLite from walking along an index past all that is not among the few
    return c;
}

// Where the walk along sort_at begins: the one bound on it, so that SQLite cannot take the wrong one of two and walk
// through all the pages before.
struct Bounds {
    std::int64_t low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
};
void add_bounds(Condition& c, std::string& text, const Bounds& bounds, bool ascending) {
    text += ascending ? " AND e.sort_at >= " + c.bind(bounds.low) : " AND e.sort_at <= " + c.bind(bounds.high);
    if (ascending && bounds.high != Bounds{}.high) text += " AND +e.sort_at <= " + c.bind(bounds.high);
    if (!ascending && bounds.low != Bounds{}.low) text += " AND +e.sort_at >= " + c.bind(bounds.low);
}

// The first lines of a list. What is not over at an instant is looked for within each span on its own: there it begins
// at most one length of the span earlier, so only what runs, or has just ended, lies before what is wanted.
std::string first_lines(Condition& c, std::optional<Timestamp> not_over, Bounds bounds, bool ascending, int count) {
    const std::string direction = ascending ? " ASC" : " DESC", limit = c.bind(std::int64_t{count});
    const auto ordered = [&](const std::string& from) {
        return from + " ORDER BY e.sort_at" + direction + ", e.id" + direction + " LIMIT " + limit;
    };
    if (!not_over || c.few) {
        add_bounds(c, c.text, bounds, ascending);
        return ordered("SELECT " CALENDAR_COLUMNS " FROM calendar_event e WHERE " + c.text);
    }
    std::string all;
    for (std::size_t span = 0; span <= span_lengths.size(); ++span) {
        const std::string number = std::to_string(span);
        std::string some = "SELECT e.id, e.sort_at FROM calendar_event e WHERE e.span = " + number;
        some += " AND " + c.text;
        Bounds within = bounds;
        if (span < span_lengths.size()) within.low = std::max(within.low, ms(*not_over - span_lengths[span]));
        add_bounds(c, some, within, ascending);
        if (span > 0) all += " UNION ALL ";
        all += "SELECT * FROM (" + ordered(some);
        all += ") AS s" + number;
    }
    // Sorted by two numbers each; the whole rows are read for those that are left.
    const std::string first = ordered("SELECT e.id FROM (" + all + ") AS e");
    return ordered("SELECT " CALENDAR_COLUMNS " FROM (" + first + ") AS f JOIN calendar_event e ON e.id = f.id");
}

// "termin" for titles without a letter.
std::string key_for(db::Tx& tx, core::TenantId tenant, const std::string& title) {
    return free_key(title, "termin",
                    [&](const std::string& key) { return tx.value<std::int64_t>(count_keys, tenant, key) > 0; });
}

}  // namespace

ListPage public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count) {
    Condition c = where(tx, tenant, filter, now);
    const bool backwards = filter.before.has_value();
    const bool ascending = filter.past == backwards;
    Bounds bounds;
    if (only_past(filter)) bounds.high = ms(now);  // what is over has begun before
    if (const auto& edge = backwards ? filter.before : filter.after; edge) {
        const auto at = c.bind(edge->at), id = c.bind(edge->id);
        c.text += ascending ? " AND (+e.sort_at, e.id) > (" : " AND (+e.sort_at, e.id) < (";
        c.text += at + ", " + id + ")";
        if (ascending)
            bounds.low = std::max(bounds.low, edge->at);
        else
            bounds.high = std::min(bounds.high, edge->at);
    }
    ListPage page;
    const std::string sql = first_lines(c, not_over_before(filter, now), bounds, ascending, count + 1);
    page.events = tx.all_built_with<Event>(sql, c.values);
    const bool more = page.events.size() > std::size_t(count);
    if (more) page.events.pop_back();
    if (backwards) std::reverse(page.events.begin(), page.events.end());
    page.has_earlier = backwards ? more : filter.after.has_value();
    page.has_later = backwards || more;
    return page;
}

std::vector<Event> of_procedure(db::Tx& tx, core::TenantId tenant, const std::string& procedure, bool over,
                                Timestamp now, int count) {
    return tx.all<Event>(over ? select_past : select_coming, tenant, procedure, now, now, now, count);
}

std::vector<Event> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count) {
    Condition c;
    c.text = "e.tenant_id = " + c.bind(tenant.value);
    if (filter.state) c.text += " AND e.state = " + c.bind(std::string(core::to_word(*filter.state)));
    if (filter.organisation) c.text += " AND e.organisation_id = " + c.bind(filter.organisation.value);
    if (filter.before) {
        const auto at = c.bind(filter.before->at), id = c.bind(filter.before->id);
        c.text += " AND (e.changed_at, e.id) < (" + at + ", " + id + ")";
    }
    const auto limit = c.bind(std::int64_t{count});
    return tx.all_built_with<Event>("SELECT " CALENDAR_COLUMNS " FROM calendar_event e WHERE " + c.text +
                                        " ORDER BY e.changed_at DESC, e.id DESC LIMIT " + limit,
                                    c.values);
}

std::optional<Event> find(db::Tx& tx, core::TenantId tenant, EventId id) {
    return tx.one<Event>(select_by_id, tenant, id);
}
std::optional<Event> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Event>(select_by_key, tenant, key);
}
std::optional<core::TenantId> tenant_of(db::Tx& tx, EventId id) { return tx.one<core::TenantId>(select_tenant, id); }

EventId add(db::Tx& tx, core::TenantId tenant, Event e, core::AccountId by, Timestamp now) {
    if (e.key.empty()) e.key = key_for(tx, tenant, e.title);
    return tx.value<EventId>(insert_event, tenant, e.key, e.state, e.organisation, e.title, e.summary, e.body,
                             e.starts_at, e.ends_at, e.all_day, e.approximate, e.place, e.lon, e.lat, e.online,
                             e.registration, e.accessibility, e.organiser, e.cancelled, e.cancelled_reason, e.credit,
                             e.publish_at, e.unpublish_at, now, by, sort_at(e), over_at(e), span_of(e), e.procedure);
}

void save(db::Tx& tx, core::TenantId tenant, const Event& e, core::AccountId by, Timestamp now) {
    tx.exec(update_event, e.state, e.organisation, e.title, e.summary, e.body, e.starts_at, e.ends_at, e.all_day,
            e.approximate, e.place, e.lon, e.lat, e.online, e.registration, e.accessibility, e.organiser, e.cancelled,
            e.cancelled_reason, e.credit, e.publish_at, e.unpublish_at, now, by, sort_at(e), over_at(e), span_of(e),
            e.procedure, tenant, e.id);
}

std::int64_t count_of(db::Tx& tx, core::TenantId tenant, State state) {
    return tx.value<std::int64_t>(count_state, tenant, state);
}

void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Event&&)>& use) {
    tx.each<Event>(select_all, use, tenant);
}

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"event", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::calendar
