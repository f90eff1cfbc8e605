// Files with addresses; see addresses.h. Offices export them with very different headings, so the usual ones are known.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/house.h"
#include "core/maps/addresses.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::core {

namespace {

using nlohmann::json;
constexpr std::size_t most_problems = 200;

// Headings as slug() writes them.
const std::map<std::string, std::vector<std::string>>& headings() {
    static const std::map<std::string, std::vector<std::string>> known = {
        {"street", {"strasse", "strassenname", "str", "street", "strname", "strassenbezeichnung", "stn"}},
        {"number", {"hausnummer", "hausnr", "nummer", "nr", "number", "housenumber", "hnr", "haus-nr"}},
        {"suffix", {"zusatz", "hausnummernzusatz", "hausnummerzusatz", "adressierungszusatz", "suffix", "adz", "hnrz"}},
        {"postcode", {"plz", "postleitzahl", "postcode", "zip"}},
        {"place", {"ort", "ortsname", "gemeinde", "stadt", "place", "city", "ortsteil", "onm"}},
        {"x", {"lon", "longitude", "laenge", "laengengrad", "x", "ostwert", "rechtswert", "east", "easting", "utm-x"}},
        {"y", {"lat", "latitude", "breite", "breitengrad", "y", "nordwert", "hochwert", "north", "northing", "utm-y"}}};
    return known;
}

using Cells = std::map<std::string, std::string>;  // by our names

std::optional<double> number_in(std::string text) {
    if (const auto comma = text.find(','); comma != std::string::npos) text[comma] = '.';
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

// Degrees, or metres of UTM 32 with or without the zone in front ("32394123").
std::optional<geo::Point> position(double x, double y, Message& why) {
    if (x >= 32'000'000 && x < 33'000'000) x -= 32'000'000;
    if (x > 100'000 && x < 1'000'000 && y > 5'000'000 && y < 6'500'000) {
        const geo::Point point = geo::from_utm32({x, y});
        if (geo::parse_point(fmt::format("{:.8f}", point.lat), fmt::format("{:.8f}", point.lon))) return point;
    }
    if (geo::parse_point(fmt::format("{:.8f}", y), fmt::format("{:.8f}", x))) return geo::Point{x, y};
    why = geo::parse_point(fmt::format("{:.8f}", x), fmt::format("{:.8f}", y))
              ? tr_noop("Longitude and latitude are exchanged: 7.46 is the longitude, 51.51 the latitude.")
              : tr_noop("This is no position in Germany, neither in degrees nor in UTM 32 (EPSG:25832).");
    return {};
}

class Reader {
public:
    void take(const std::string& where, const Cells& cells) {
        AddressRow row;
        const auto text = [&](const char* name) {
            const auto at = cells.find(name);
            return at == cells.end() ? std::string() : trimmed(clean(at->second));
        };
        row.street = text("street");
        row.postcode = text("postcode");
        row.place = text("place");
        if (row.street.empty()) return refuse(where, "street", tr_noop("The street is missing."));
        if (letters(row.street) > 100 || letters(row.place) > 100)
            return refuse(where, "street", tr_noop("Please shorten this to {limit} letters.", {{"limit", "100"}}));
        if (folded_street(row.street).size() < 2)
            return refuse(where, "street", tr_noop("This is no name of a street."));
        if (!row.postcode.empty() && (row.postcode.size() != 5 || !to_int(row.postcode)))
            return refuse(where, "postcode", tr_noop("A postcode has five digits."));
        if (!read_number(text("number"), text("suffix"), row))
            return refuse(where, "number", tr_noop("This is no house number: 12, 12a and 12 1/2 would be."));
        const auto x = number_in(text("x")), y = number_in(text("y"));
        if (!x || !y) return refuse(where, "x", tr_noop("The position is missing or no number."));
        Message why;
        const auto point = position(*x, *y, why);
        if (!point) return refuse(where, "x", why);
        row.lon = std::round(point->lon * 1e7) / 1e7;
        row.lat = std::round(point->lat * 1e7) / 1e7;
        if (!seen_
                 .insert(fmt::format("{}\n{}\n{}\n{}\n{}", row.street, row.number, lower_ascii(row.suffix),
                                     row.postcode, row.place))
                 .second)
            return refuse(where, "number", tr_noop("This address stands in the file twice."));
        result.rows.push_back(std::move(row));
    }
    void refuse(const std::string& where, const std::string& column, Message why) {
        if (result.problems.size() < most_problems) result.problems.push_back({where, column, std::move(why)});
    }
    ReadAddresses result;

private:
    // "12", "12a", "12 1/2", or the number and its suffix apart.
    static bool read_number(const std::string& number, const std::string& suffix, AddressRow& row) {
        const auto digits = std::size_t(
            std::find_if(number.begin(), number.end(), [](char c) { return c < '0' || c > '9'; }) - number.begin());
        if (digits == 0 || digits > 4) return false;
        row.number = *to_int(number.substr(0, digits));
        row.suffix = trimmed(number.substr(digits)) + suffix;
        return letters(row.suffix) <= 10;
    }
    std::set<std::string> seen_;
};

ReadAddresses read_table(const std::string& bytes) {
    Reader reader;
    const auto table = tables::read_csv(bytes, {.max_rows = most_addresses});
    if (!table) {
        for (const auto& problem : table.problems().list()) reader.refuse(problem.field, "", problem.message);
        return std::move(reader.result);
    }
    std::map<std::string, std::size_t> columns;
    for (const auto& [ours, known] : headings())
        for (std::size_t i = 0; i < table->header.size(); ++i)
            if (std::find(known.begin(), known.end(), slug(table->header[i])) != known.end() && !columns.contains(ours))
                columns[ours] = i;
    for (const char* needed : {"street", "number", "x", "y"})
        if (!columns.contains(needed))
            reader.refuse("line 1", needed,
                          tr_noop("There is no column for this. Its heading may be one of: {names}.",
                                  {{"names", join(headings().at(needed), ", ")}}));
    if (!reader.result.problems.empty()) return std::move(reader.result);
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        Cells cells;
        for (const auto& [name, column] : columns) cells[name] = table->rows[i][column];
        reader.take("line " + std::to_string(table->lines[i]), cells);
    }
    return std::move(reader.result);
}

std::string text_of(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : "";
}

ReadAddresses read_features(const json& features) {
    Reader reader;
    if (features.size() > most_addresses)
        reader.refuse(
            "file", "",
            tr_noop("The file holds more than {most} addresses.", {{"most", std::to_string(most_addresses)}}));
    for (std::size_t i = 0; i < features.size() && reader.result.problems.size() < most_problems; ++i) {
        const std::string where = "entries[" + std::to_string(i) + "]";
        const auto& feature = features[i];
        const auto geometry = feature.is_object() ? feature.value("geometry", json()) : json();
        const auto at = geometry.is_object() ? geometry.value("coordinates", json()) : json();
        if (!at.is_array() || at.size() < 2 || !at[0].is_number() || !at[1].is_number()) {
            reader.refuse(where, "geometry", tr_noop("An address needs a point."));
            continue;
        }
        Cells cells{{"x", fmt::format("{:.8f}", at[0].get<double>())},
                    {"y", fmt::format("{:.8f}", at[1].get<double>())}};
        const auto properties = feature.value("properties", json::object());
        if (properties.is_object())
            for (const auto& [name, value] : properties.items())
                for (const auto& [ours, known] : headings())
                    if (ours != "x" && ours != "y" && std::find(known.begin(), known.end(), slug(name)) != known.end())
                        cells.emplace(ours, text_of(value));
        reader.take(where, cells);
    }
    return std::move(reader.result);
}

}  // namespace

ReadAddresses read_addresses(const std::string& bytes) {
    const auto first = bytes.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    ReadAddresses read;
    if (first != std::string::npos && bytes[first] == '{') {
        const auto file = json::parse(bytes.begin() + std::ptrdiff_t(first), bytes.end(), nullptr, false);
        const bool list = file.is_object() && file.contains("features") && file["features"].is_array();
        if (list) read = read_features(file["features"]);
        if (!list) read.problems.push_back({"file", "", tr_noop("This is no GeoJSON with a list of features.")});
    } else {
        read = read_table(bytes);
    }
    if (read.problems.empty() && read.rows.empty())
        read.problems.push_back({"file", "", tr_noop("There is no address in this file.")});
    if (!read.problems.empty()) read.rows.clear();
    return read;
}

ImportReport import_addresses(const House& house, TenantId tenant, AccountId by, const std::string& name,
                              const std::string& bytes, bool dry_run) {
    auto read = read_addresses(bytes);
    ImportReport report;
    report.problems = std::move(read.problems);
    if (!report.problems.empty()) return report;
    std::set<std::string> streets;
    for (const auto& row : read.rows) streets.insert(row.street + "\n" + row.postcode + "\n" + row.place);
    report.changes.push_back(
        {"addresses",
         name,
         "changed",
         {std::to_string(read.rows.size()) + " addresses", std::to_string(streets.size()) + " streets"}});
    if (!dry_run)
        house.database->write([&](db::Tx& tx) {
            replace_addresses(tx, tenant, read.rows, {.name = name, .by = by}, house.clock->now());
        });
    return report;
}

}  // namespace mitwirken::core
