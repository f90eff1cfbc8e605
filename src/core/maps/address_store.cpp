// Rows of the list of addresses; see addresses.h.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/maps/addresses.h"
#include "platform/base/text.h"

namespace mitwirken::core {

namespace {

constexpr int most_streets = 60;  // looked at for one search
constexpr std::size_t at_once = 400;

const db::Query select_list{"core.address_list", R"(
    SELECT source, invented, streets, addresses, imported_at FROM core_address_list WHERE tenant_id = :tenant)"};
const db::Query upsert_list{"core.address_list_save", R"(
    INSERT INTO core_address_list (tenant_id, source, invented, streets, addresses, imported_by, imported_at)
    VALUES (:tenant, :source, :invented, :streets, :addresses, :by, :at)
    ON CONFLICT (tenant_id) DO UPDATE SET source = excluded.source, invented = excluded.invented,
      streets = excluded.streets, addresses = excluded.addresses, imported_by = excluded.imported_by,
      imported_at = excluded.imported_at)"};
const db::Query insert_street{"core.street_add", R"(
    INSERT INTO core_street (tenant_id, name, postcode, place, lon, lat)
    VALUES (:tenant, :name, :postcode, :place, :lon, :lat) RETURNING id)"};
const db::Query insert_key{"core.street_key_add",
                           "INSERT INTO core_street_key (tenant_id, key, street_id) VALUES (:tenant, :key, :street)"};
const db::Query delete_addresses{"core.addresses_clear", "DELETE FROM core_address WHERE tenant_id = :tenant"};
const db::Query delete_keys{"core.street_keys_clear", "DELETE FROM core_street_key WHERE tenant_id = :tenant"};
const db::Query delete_streets{"core.streets_clear", "DELETE FROM core_street WHERE tenant_id = :tenant"};
const db::Query select_streets{"core.streets_by_key", R"(
    SELECT s.id, k.key, s.name, s.postcode, s.place, s.lon, s.lat
    FROM core_street_key AS k JOIN core_street AS s ON s.id = k.street_id
    WHERE k.tenant_id = :tenant AND k.key >= :from AND k.key < :to ORDER BY k.key, k.street_id LIMIT :most)"};
const db::Query select_numbers{"core.addresses_by_number", R"(
    SELECT number, suffix, lon, lat FROM core_address
    WHERE street_id = :street AND number = :number ORDER BY suffix, id LIMIT 30)"};
const db::Query select_near{"core.addresses_near", R"(
    SELECT s.name, a.number, a.suffix, s.postcode, s.place, a.lon, a.lat
    FROM core_address AS a JOIN core_street AS s ON s.id = a.street_id
    WHERE a.tenant_id = :tenant AND a.lon >= :west AND a.lon <= :east AND a.lat >= :south AND a.lat <= :north
    LIMIT 2000)"};
const db::Query select_all{"core.addresses_each", R"(
    SELECT s.name, a.number, a.suffix, s.postcode, s.place, a.lon, a.lat
    FROM core_street AS s JOIN core_address AS a ON a.street_id = s.id
    WHERE s.tenant_id = :tenant ORDER BY s.id, a.number, a.suffix, a.id)"};

struct Street {
    std::int64_t id;
    std::string key, name, postcode, place;
    double lon, lat;
};
struct Number {
    std::int64_t number;
    std::string suffix;
    double lon, lat;
};

// The first text that no longer begins with `prefix`; keys hold a-z and 0-9 only.
std::string behind(const std::string& prefix) { return prefix + "~"; }

std::string label_of(const std::string& street, const std::string& number, const std::string& postcode,
                     const std::string& place) {
    const std::string first = number.empty() ? street : street + " " + number;
    const std::string second = postcode.empty() ? place : place.empty() ? postcode : postcode + " " + place;
    return second.empty() ? first : first + ", " + second;
}

std::string number_words(std::int64_t number, const std::string& suffix) {
    const bool apart = !suffix.empty() && suffix[0] >= '0' && suffix[0] <= '9';  // "12 1/2"
    return std::to_string(number) + (apart ? " " : "") + suffix;
}

bool fits(const Street& street, const AddressQuery& query) {
    if (!starts_with(street.postcode, query.postcode)) return false;
    for (const auto& word : query.places) {
        const auto words = split(slug(street.place), '-');
        if (std::none_of(words.begin(), words.end(), [&](const auto& one) { return starts_with(one, word); }))
            return false;
    }
    return true;
}

// Each street once; those whose whole name is what was typed first, then short names.
std::vector<Street> streets_for(db::Tx& tx, TenantId tenant, const AddressQuery& query) {
    auto streets = tx.all<Street>(select_streets, tenant, query.street, behind(query.street), most_streets);
    std::erase_if(streets, [&](const Street& street) { return !fits(street, query); });
    std::stable_sort(streets.begin(), streets.end(), [&](const Street& a, const Street& b) {
        const auto rank = [&](const Street& s) {
            return std::tuple(s.key != query.street, s.key != folded_street(s.name), s.key.size());
        };
        return rank(a) < rank(b);
    });
    std::vector<Street> once;
    for (auto& street : streets)
        if (std::none_of(once.begin(), once.end(), [&](const Street& known) { return known.id == street.id; }))
            once.push_back(std::move(street));
    return once;
}

void add_numbers(db::Tx& tx, const Street& street, const AddressQuery& query, std::vector<FoundPlace>& found) {
    for (const auto& one : tx.all<Number>(select_numbers, street.id, *query.number))
        if (starts_with(slug(one.suffix), query.suffix))
            found.push_back({label_of(street.name, number_words(one.number, one.suffix), street.postcode, street.place),
                             {one.lon, one.lat}});
}

struct Placed {
    std::int64_t street;
    const AddressRow* row;
};

// Many rows in one statement: a hundred thousand of them one by one would be as many ways to the database and back.
void insert_addresses(db::Tx& tx, TenantId tenant, const std::vector<Placed>& all) {
    for (std::size_t from = 0; from < all.size(); from += at_once) {
        std::string sql = "INSERT INTO core_address (tenant_id, street_id, number, suffix, lon, lat) VALUES ";
        std::vector<db::Parameter> values;
        const auto bind = [&](db::Parameter value) {
            values.push_back(std::move(value));
            return ":p" + std::to_string(values.size());
        };
        const std::string whose = bind(tenant.value);
        for (std::size_t i = from; i < std::min(all.size(), from + at_once); ++i) {
            const AddressRow& row = *all[i].row;
            sql += (i == from ? "(" : ", (") + whose;
            for (db::Parameter value : {db::Parameter(all[i].street), db::Parameter(row.number),
                                        db::Parameter(row.suffix), db::Parameter(row.lon), db::Parameter(row.lat)})
                sql += ", " + bind(std::move(value));
            sql += ")";
        }
        tx.all_built_with<std::int64_t>(sql + " RETURNING number", values);
    }
}

}  // namespace

std::optional<AddressList> address_list(db::Tx& tx, TenantId tenant) {
    return tx.one<AddressList>(select_list, tenant);
}

void replace_addresses(db::Tx& tx, TenantId tenant, const std::vector<AddressRow>& rows, const ListSource& source,
                       Timestamp now) {
    tx.exec(delete_addresses, tenant);
    tx.exec(delete_keys, tenant);
    tx.exec(delete_streets, tenant);
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<const AddressRow*>> streets;
    for (const auto& row : rows) streets[{row.street, row.postcode, row.place}].push_back(&row);
    std::vector<Placed> placed;
    placed.reserve(rows.size());
    for (auto& [name, of_it] : streets) {
        std::stable_sort(of_it.begin(), of_it.end(), [](const auto* a, const auto* b) {
            return std::tie(a->number, a->suffix) < std::tie(b->number, b->suffix);
        });
        const AddressRow& middle = *of_it[of_it.size() / 2];
        const auto id = tx.value<std::int64_t>(insert_street, tenant, std::get<0>(name), std::get<1>(name),
                                               std::get<2>(name), middle.lon, middle.lat);
        for (const auto& key : street_keys(std::get<0>(name))) tx.exec(insert_key, tenant, key, id);
        for (const auto* row : of_it) placed.push_back({id, row});
    }
    insert_addresses(tx, tenant, placed);
    tx.exec(upsert_list, tenant, source.name, source.invented, std::int64_t(streets.size()), std::int64_t(rows.size()),
            source.by, now);
}

void each_address(db::Tx& tx, TenantId tenant, const std::function<bool(AddressRow&&)>& use) {
    tx.each<AddressRow>(select_all, use, tenant);
}

std::vector<FoundPlace> find_addresses(db::Tx& tx, TenantId tenant, const std::string& typed, int count) {
    std::vector<FoundPlace> found;
    for (const auto& query : address_queries(typed)) {
        const auto streets = streets_for(tx, tenant, query);
        for (const auto& street : streets) {
            if (int(found.size()) >= count) break;
            if (query.number) add_numbers(tx, street, query, found);
        }
        // Where the number is not in the list, the street is better than nothing.
        for (const auto& street : streets) {
            if (int(found.size()) >= count || (query.number && !found.empty())) break;
            found.push_back({label_of(street.name, "", street.postcode, street.place), {street.lon, street.lat}});
        }
        if (!found.empty()) break;
    }
    if (int(found.size()) > count) found.resize(std::size_t(count));
    return found;
}

std::optional<FoundPlace> address_near(db::Tx& tx, TenantId tenant, geo::Point point, double metres) {
    const double tall = metres / 111'000, wide = tall * 1.7;  // Germany: a degree of longitude is 61 to 75 km
    const auto rows =
        tx.all<AddressRow>(select_near, tenant, point.lon - wide, point.lon + wide, point.lat - tall, point.lat + tall);
    const AddressRow* nearest = nullptr;
    double least = metres;
    for (const auto& row : rows) {
        const double away = geo::distance_metres(point, {row.lon, row.lat});
        if (away <= least) least = away, nearest = &row;
    }
    if (!nearest) return {};
    return FoundPlace{
        label_of(nearest->street, number_words(nearest->number, nearest->suffix), nearest->postcode, nearest->place),
        {nearest->lon, nearest->lat}};
}

}  // namespace mitwirken::core
