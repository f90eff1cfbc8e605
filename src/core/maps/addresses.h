// The municipality's own list of addresses: streets, numbers, positions. Imported whole, searched by an index of our
// own that forgives umlauts, "Str.", "Straße", spaces and hyphens. Invariants: an import is all or nothing and replaces
// the list; what is searched for is told to nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/manifest.h"
#include "platform/base/time.h"
#include "platform/db/db.h"
#include "platform/geo/geo.h"

namespace mitwirken::core {

struct AddressRow {
    std::string street;
    std::int64_t number = 0;
    std::string suffix, postcode, place;
    double lon = 0, lat = 0;
};
struct AddressList {
    std::string source;
    bool invented = false;  // the example's
    std::int64_t streets = 0, addresses = 0;
    Timestamp imported_at{};
};
std::optional<AddressList> address_list(db::Tx& tx, TenantId tenant);

// ---- reading a file
// CSV (any of the usual German headings) or GeoJSON with points; positions in degrees or in UTM 32 (EPSG:25832), told
// apart by their size. A problem names the line or feature.
struct ReadAddresses {
    std::vector<AddressRow> rows;
    std::vector<ImportReport::Line> problems;
};
ReadAddresses read_addresses(const std::string& bytes);
inline constexpr std::size_t most_addresses = 400'000;

struct ListSource {
    std::string name;
    bool invented = false;
    AccountId by;
};
void replace_addresses(db::Tx& tx, TenantId tenant, const std::vector<AddressRow>& rows, const ListSource& source,
                       Timestamp now);
// The whole list in its order; false stops.
void each_address(db::Tx& tx, TenantId tenant, const std::function<bool(AddressRow&&)>& use);
// For the manifest: reads and, unless it is a dry run, replaces. All or nothing.
ImportReport import_addresses(const House& house, TenantId tenant, AccountId by, const std::string& name,
                              const std::string& bytes, bool dry_run);

// ---- searching
struct FoundPlace {
    std::string label;  // "Hansastraße 12a, 44137 Dortmund"
    geo::Point point;
};
inline constexpr int most_found = 10;
std::vector<FoundPlace> find_addresses(db::Tx& tx, TenantId tenant, const std::string& typed, int count = most_found);
// The nearest address within `metres`; for a text beside a map.
std::optional<FoundPlace> address_near(db::Tx& tx, TenantId tenant, geo::Point point, double metres = 150);

// ---- words (pure)
// "Hörder Str." -> "hoerderstr": lower case, ä ae, ß ss, no spaces or hyphens, "strasse" and its beginnings "str".
std::string folded_street(std::string_view typed);
// The keys under which a street is found, longest first.
std::vector<std::string> street_keys(std::string_view name);
struct AddressQuery {
    std::string street;  // folded
    std::optional<std::int64_t> number;
    std::string suffix;               // folded
    std::string postcode;             // digits, may be a beginning
    std::vector<std::string> places;  // folded words behind the number
};
// What somebody may have meant, the likeliest first: a number may belong to the street ("Straße des 17. Juni").
std::vector<AddressQuery> address_queries(std::string_view typed);

}  // namespace mitwirken::core
