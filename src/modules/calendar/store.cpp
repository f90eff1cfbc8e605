// Every SQL statement of dates. The text of the lists is put together from literals; values are bound.
// What must stay true: lists page by (sort_at, id), so no page shows a date twice or leaves one out.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "modules/calendar/events.h"
#include "platform/base/text.h"

#define CALENDAR_COLUMNS                                                                                          \
    "e.id, e.key, e.state, e.organisation_id, e.title, e.summary, e.body, e.starts_at, e.ends_at, e.all_day, "    \
    "e.approximate, e.place, e.lon, e.lat, e.online, e.registration, e.accessibility, e.organiser, e.cancelled, " \
    "e.cancelled_reason, e.credit, e.publish_at, e.unpublish_at, e.changed_at, e.sequence"

namespace mitwirken::calendar {

namespace {

const db::Query select_by_id{"calendar.by_id", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant AND id = :id)"};
const db::Query select_by_key{"calendar.by_key", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant AND key = :key)"};
const db::Query select_all{"calendar.all", "SELECT " CALENDAR_COLUMNS R"(
    FROM calendar_event e WHERE tenant_id = :tenant ORDER BY id)"};
const db::Query select_tenant{"calendar.tenant", "SELECT tenant_id FROM calendar_event WHERE id = :id"};
const db::Query count_keys{"calendar.key_taken",
                           "SELECT count(*) FROM calendar_event WHERE tenant_id = :tenant AND key = :key"};
const db::Query count_state{"calendar.count_state", R"(
    SELECT count(*)
    FROM (SELECT 1 FROM calendar_event WHERE tenant_id = :tenant AND state = :state LIMIT 1001) AS counted)"};
const db::Query insert_event{"calendar.insert", R"(
    INSERT INTO calendar_event (tenant_id, key, state, organisation_id, title, summary, body, starts_at, ends_at,
        all_day, approximate, place, lon, lat, online, registration, accessibility, organiser, cancelled,
        cancelled_reason, credit, publish_at, unpublish_at, changed_at, changed_by, sort_at, over_at)
    VALUES (:tenant, :key, :state, :organisation, :title, :summary, :body, :starts, :ends, :all_day, :approximate,
        :place, :lon, :lat, :online, :registration, :accessibility, :organiser, :cancelled, :reason, :credit, :publish,
        :unpublish, :now, :by, :sort_at, :over_at)
    RETURNING id)"};
const db::Query update_event{"calendar.update", R"(
    UPDATE calendar_event SET state = :state, organisation_id = :organisation, title = :title, summary = :summary,
        body = :body, starts_at = :starts, ends_at = :ends, all_day = :all_day, approximate = :approximate,
        place = :place, lon = :lon, lat = :lat, online = :online, registration = :registration,
        accessibility = :accessibility, organiser = :organiser, cancelled = :cancelled, cancelled_reason = :reason,
        credit = :credit, publish_at = :publish, unpublish_at = :unpublish, changed_at = :now, changed_by = :by,
        sort_at = :sort_at, over_at = :over_at, sequence = sequence + 1
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
    std::string bind(db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
};

Condition where(core::TenantId tenant, const Filter& filter, Timestamp now) {
    Condition c;
    const auto t = c.bind(tenant.value), n = c.bind(ms(now));
    c.text = "e.tenant_id = " + t + " AND e.state = 'published' AND (e.publish_at IS NULL OR e.publish_at <= " + n +
             ") AND (e.unpublish_at IS NULL OR e.unpublish_at > " + n + ")";
    if (filter.from || filter.until) {
        if (filter.from) c.text += " AND e.over_at > " + c.bind(ms(*filter.from));
        if (filter.until) c.text += " AND e.sort_at < " + c.bind(ms(*filter.until));
    } else {
        c.text += (filter.past ? " AND e.over_at <= " : " AND e.over_at > ") + n;
    }
    for (const auto term : filter.terms)
        c.text +=
            " AND EXISTS (SELECT 1 FROM core_classification c WHERE c.module = 'calendar' AND c.item = e.id AND "
            "c.term_id = " +
            c.bind(term.value) + ")";
    return c;
}

std::string free_key(db::Tx& tx, core::TenantId tenant, const std::string& title) {
    const std::string base = slug(title).empty() ? "termin" : slug(title);
    std::string key = base;
    for (int number = 2; tx.value<std::int64_t>(count_keys, tenant, key) > 0; ++number)
        key = base + "-" + std::to_string(number);
    return key;
}

}  // namespace

ListPage public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count) {
    Condition c = where(tenant, filter, now);
    const bool backwards = filter.before.has_value();
    const bool ascending = filter.past == backwards;
    if (const auto& edge = backwards ? filter.before : filter.after; edge) {
        const auto at = c.bind(edge->at), id = c.bind(edge->id);
        c.text += std::string(" AND (e.sort_at, e.id) ") + (ascending ? ">" : "<") + " (" + at + ", " + id + ")";
    }
    const char* direction = ascending ? " ASC" : " DESC";
    const auto limit = c.bind(std::int64_t{count} + 1);
    ListPage page;
    page.events =
        tx.all_built_with<Event>(std::string("SELECT " CALENDAR_COLUMNS " FROM calendar_event e WHERE ") + c.text +
                                     " ORDER BY e.sort_at" + direction + ", e.id" + direction + " LIMIT " + limit,
                                 c.values);
    const bool more = page.events.size() > std::size_t(count);
    if (more) page.events.pop_back();
    if (backwards) std::reverse(page.events.begin(), page.events.end());
    page.has_earlier = backwards ? more : filter.after.has_value();
    page.has_later = backwards || more;
    return page;
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
    if (e.key.empty()) e.key = free_key(tx, tenant, e.title);
    return tx.value<EventId>(insert_event, tenant, e.key, e.state, e.organisation, e.title, e.summary, e.body,
                             e.starts_at, e.ends_at, e.all_day, e.approximate, e.place, e.lon, e.lat, e.online,
                             e.registration, e.accessibility, e.organiser, e.cancelled, e.cancelled_reason, e.credit,
                             e.publish_at, e.unpublish_at, now, by, sort_at(e), over_at(e));
}

void save(db::Tx& tx, core::TenantId tenant, const Event& e, core::AccountId by, Timestamp now) {
    tx.exec(update_event, e.state, e.organisation, e.title, e.summary, e.body, e.starts_at, e.ends_at, e.all_day,
            e.approximate, e.place, e.lon, e.lat, e.online, e.registration, e.accessibility, e.organiser, e.cancelled,
            e.cancelled_reason, e.credit, e.publish_at, e.unpublish_at, now, by, sort_at(e), over_at(e), tenant, e.id);
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
