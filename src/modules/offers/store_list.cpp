// Lists of offers with filters. The text of each statement is put together from literals; values are bound; lists of
// values are filled up to a few lengths, so that few statements stay prepared.
#include <algorithm>

#include "core/taxonomy/taxonomy.h"
#include "modules/offers/columns.h"
#include "modules/offers/offers.h"

namespace mitwirken::offers {

namespace {

std::int64_t ms(Timestamp instant) { return instant.time_since_epoch().count(); }

// A condition under construction: bind() gives the placeholder of a value.
struct Condition {
    std::string text;
    std::vector<db::Parameter> values;
    bool few = false;  // what is wanted is named one by one

    std::string bind(db::Parameter value) {
        values.push_back(std::move(value));
        return ":p" + std::to_string(values.size());
    }
    // "(:p3, :p4, …)" with 1, 4, 16, 64 … places; the last value fills what is left.
    template <class List>
    std::string bind_list(const List& list) {
        std::size_t places = 1;
        while (places < list.size()) places *= 4;
        std::string result = "(";
        for (std::size_t i = 0; i < places; ++i)
            result += (i ? ", " : "") + bind(list.empty() ? std::int64_t{-1} : list[std::min(i, list.size() - 1)]);
        return result + ")";
    }
};

std::vector<std::int64_t> numbers(const std::vector<core::TermId>& terms) {
    std::vector<std::int64_t> list;
    for (const auto term : terms) list.push_back(term.value);
    return list;
}

// What the public sees: :p1 is the tenant, :p2 the clock.
Condition visible(core::TenantId tenant, Timestamp now) {
    Condition condition;
    const auto t = condition.bind(tenant.value), n = condition.bind(ms(now));
    condition.text =
        "o.tenant_id = " + t + " AND o.state = 'published' AND o.publish_at <= " + n + " AND o.unpublish_at > " + n;
    return condition;
}

bool has(const std::vector<Kind>& kinds, Kind kind) {
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool only_past(const std::vector<Kind>& kinds) { return kinds.size() == 1 && kinds.front() == Kind::past; }

void add_kinds(Condition& condition, const std::vector<Kind>& kinds) {
    if (only_past(kinds)) return void(condition.text += " AND o.ends_at <= :p2");
    if (!has(kinds, Kind::past)) condition.text += " AND o.ends_at > :p2";
    const bool all_open = has(kinds, Kind::running) && has(kinds, Kind::permanent) && has(kinds, Kind::planned);
    if (all_open) return;
    std::string any = has(kinds, Kind::past) ? "o.ends_at <= :p2" : "1 = 0";
    if (has(kinds, Kind::running)) any += " OR (o.permanent = 0 AND o.starts_at <= :p2 AND o.ends_at > :p2)";
    if (has(kinds, Kind::permanent)) any += " OR (o.permanent = 1 AND o.starts_at <= :p2 AND o.ends_at > :p2)";
    if (has(kinds, Kind::planned)) any += " OR o.starts_at > :p2";
    condition.text += " AND (" + any + ")";
}

void add_terms(db::Tx& tx, core::TenantId tenant, Condition& condition, const std::vector<core::TermId>& terms) {
    if (terms.empty()) return;
    if (terms.size() == 1) {
        const auto bears = core::bears_term(tx, tenant, "offers", terms.front(), "o.id", condition.values);
        condition.text += bears.sql, condition.few = condition.few || bears.few;
        return;
    }
    condition.text +=
        " AND EXISTS (SELECT 1 FROM core_classification c WHERE c.module = 'offers' AND c.item = o.id "
        "AND c.term_id IN " +
        condition.bind_list(numbers(terms)) + ")";
}

Condition where(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now) {
    Condition condition = visible(tenant, now);
    add_kinds(condition, filter.kinds);
    add_terms(tx, tenant, condition, filter.topics);
    add_terms(tx, tenant, condition, filter.districts);
    for (const auto term : filter.all_terms) add_terms(tx, tenant, condition, {term});
    if (filter.how) condition.text += " AND (o.how & " + condition.bind(filter.how) + ") <> 0";
    if (filter.with_results) condition.text += " AND o.results <> ''";
    if (filter.with_place) condition.text += " AND o.lon IS NOT NULL";
    if (filter.ids) condition.text += " AND o.id IN " + condition.bind_list(*filter.ids);
    condition.few = condition.few || filter.ids;
    if (condition.few) condition.text.insert(0, "+");  // keeps SQLite from walking along an index past all the others
    return condition;
}

// Nearest end first while nothing past is among it, else latest end first: an old offer never stands on top.
struct Order {
    const char* column;
    bool ascending;
};
Order order_of(const Filter& filter) {
    if (filter.sort == Sort::title) return {"sort_title", true};
    if (filter.sort == Sort::newest) return {"publish_at", false};
    return {"ends_at", !has(filter.kinds, Kind::past)};
}

struct CursorNumber {
    std::int64_t value;
};
struct CursorText {
    std::string value;
};

// The sort value of the offer the page begins behind; nothing when it is gone: then the list begins anew.
std::optional<db::Parameter> cursor_value(db::Tx& tx, core::TenantId tenant, OfferId id, const Order& order) {
    const std::string sql =
        std::string("SELECT ") + order.column + " FROM offers_offer WHERE tenant_id = :p1 AND id = :p2";
    const std::vector<db::Parameter> values{tenant.value, id.value};
    if (std::string_view(order.column) == "sort_title") {
        const auto rows = tx.all_built_with<CursorText>(sql, values);
        return rows.empty() ? std::nullopt : std::optional<db::Parameter>(rows.front().value);
    }
    const auto rows = tx.all_built_with<CursorNumber>(sql, values);
    return rows.empty() ? std::nullopt : std::optional<db::Parameter>(rows.front().value);
}

struct Count {
    std::int64_t value;
};
struct TermCount {
    std::int64_t term, count;
};
struct EightCounts {
    std::int64_t running, permanent, planned, past, online, on_site, paper, phone;
};

std::int64_t bounded_count(db::Tx& tx, const Condition& condition) {
    const auto rows = tx.all_built_with<Count>(
        "SELECT count(*) FROM (SELECT 1 FROM offers_offer o WHERE " + condition.text + " LIMIT 1001) AS counted",
        condition.values);
    return rows.front().value;
}

}  // namespace

ListPage public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count) {
    const Order order = order_of(filter);
    Condition condition = where(tx, tenant, filter, now);
    const bool backwards = bool(filter.before);
    const OfferId edge = backwards ? filter.before : filter.after;
    const bool ascending = order.ascending != backwards;
    std::optional<db::Parameter> value;
    if (edge) value = cursor_value(tx, tenant, edge, order);
    if (value) {
        // From here on only the edge says where the list goes on. With two bounds SQLite would take the one by the
        // clock and walk through all pages before this one; "+" keeps it from that.
        for (std::size_t at = 0; (at = condition.text.find(" o.ends_at ", at)) != std::string::npos; at += 4)
            condition.text.replace(at, 2, " +o");
        const auto v = condition.bind(*value), i = condition.bind(edge.value);
        condition.text +=
            std::string(" AND (o.") + order.column + ", o.id) " + (ascending ? ">" : "<") + " (" + v + ", " + i + ")";
    }
    const char* direction = ascending ? " ASC" : " DESC";
    const auto limit = condition.bind(std::int64_t{count} + 1);
    ListPage page;
    page.offers = tx.all_built_with<Offer>(std::string("SELECT " OFFERS_COLUMNS " FROM offers_offer o WHERE ") +
                                               condition.text + " ORDER BY o." + order.column + direction + ", o.id" +
                                               direction + " LIMIT " + limit,
                                           condition.values);
    const bool more = page.offers.size() > std::size_t(count);
    if (more) page.offers.pop_back();
    if (backwards && value) std::reverse(page.offers.begin(), page.offers.end());
    page.has_earlier = value && (backwards ? more : true);
    page.has_later = backwards && value ? true : more;
    return page;
}

std::int64_t public_count(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now) {
    return bounded_count(tx, where(tx, tenant, filter, now));
}

Facets facets(db::Tx& tx, core::TenantId tenant, const std::vector<Kind>& kinds, Timestamp now) {
    Facets result;
    Condition chosen = visible(tenant, now);
    add_kinds(chosen, kinds);
    const std::string some = "(SELECT o.id, o.how, o.permanent, o.starts_at, o.ends_at FROM offers_offer o WHERE ";
    const auto terms = tx.all_built_with<TermCount>(
        "SELECT c.term_id, count(*) FROM " + some + chosen.text +
            " LIMIT 1001) AS s JOIN core_classification c ON c.module = 'offers' AND c.item = s.id GROUP BY c.term_id",
        chosen.values);
    for (const auto& row : terms) result.terms[row.term] = row.count;
    const auto ways = tx.all_built_with<EightCounts>(
        "SELECT 0, 0, 0, 0, count(*) FILTER (WHERE (s.how & 1) <> 0), count(*) FILTER (WHERE (s.how & 2) <> 0), "
        "count(*) FILTER (WHERE (s.how & 4) <> 0), count(*) FILTER (WHERE (s.how & 8) <> 0) FROM " +
            some + chosen.text + " LIMIT 1001) AS s",
        chosen.values);
    const auto& w = ways.front();
    result.how = {w.online, w.on_site, w.paper, w.phone};
    const Condition all = visible(tenant, now);
    const auto states = tx.all_built_with<EightCounts>(
        "SELECT count(*) FILTER (WHERE s.permanent = 0 AND s.starts_at <= :p2 AND s.ends_at > :p2), "
        "count(*) FILTER (WHERE s.permanent = 1 AND s.starts_at <= :p2 AND s.ends_at > :p2), "
        "count(*) FILTER (WHERE s.starts_at > :p2), count(*) FILTER (WHERE s.ends_at <= :p2), 0, 0, 0, 0 FROM " +
            some + all.text + " LIMIT 1001) AS s",
        all.values);
    const auto& k = states.front();
    result.kinds = {k.running, k.permanent, k.planned, k.past};
    return result;
}

std::vector<Offer> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count) {
    Condition condition;
    condition.text = "o.tenant_id = " + condition.bind(tenant.value);
    if (filter.state)
        condition.text +=
            " AND o.state = " + condition.bind(std::string(db::Names<State>::words[std::size_t(*filter.state)]));
    if (filter.organisation) condition.text += " AND o.organisation_id = " + condition.bind(filter.organisation.value);
    if (filter.before) {
        const auto edge = cursor_value(tx, tenant, filter.before, {"changed_at", false});
        if (edge) {
            const auto v = condition.bind(*edge), i = condition.bind(filter.before.value);
            condition.text += " AND (o.changed_at, o.id) < (" + v + ", " + i + ")";
        }
    }
    const auto limit = condition.bind(std::int64_t{count});
    return tx.all_built_with<Offer>("SELECT " OFFERS_COLUMNS " FROM offers_offer o WHERE " + condition.text +
                                        " ORDER BY o.changed_at DESC, o.id DESC LIMIT " + limit,
                                    condition.values);
}

}  // namespace mitwirken::offers
