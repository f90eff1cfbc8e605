// The example's list of addresses: real names of streets, everything else invented by a fixed rule – houses stand on
// both sides of a straight line, 18 metres apart, odd numbers left, even ones right, every seventh with an "a".
#include <cmath>
#include <numbers>

#include "core/example/example.h"
#include "modules/maps/pages.h"

namespace mitwirken::maps {

std::vector<core::AddressRow> example_addresses() {
    constexpr double between = 18, off_the_line = 12, degree = 111'200;  // metres
    std::vector<core::AddressRow> rows;
    const auto file = core::example_file("addresses.json");
    for (const auto& street : file.at("streets")) {
        const double lon = street.at(2), lat = street.at(3),
                     turned = street.at(4).get<double>() * std::numbers::pi / 180;
        const double wide = degree * std::cos(lat * std::numbers::pi / 180);
        const int houses = street.at(5);
        for (int number = 1; number <= houses; ++number) {
            const double along = ((number - 1) / 2 - houses / 4) * between;
            const double aside = number % 2 ? -off_the_line : off_the_line;
            const double east = std::sin(turned) * along + std::cos(turned) * aside;
            const double north = std::cos(turned) * along - std::sin(turned) * aside;
            core::AddressRow row{street.at(0),        number, "", street.at(1), "Dortmund", lon + east / wide,
                                 lat + north / degree};
            rows.push_back(row);
            if (number % 7) continue;
            row.suffix = "a";
            row.lon += 8 / wide;
            rows.push_back(row);
        }
    }
    return rows;
}

void load_example(core::House&, db::Tx& tx, core::TenantId tenant, Timestamp now) {
    core::replace_addresses(tx, tenant, example_addresses(),
                            {.name = "Beispiel: erfundene Hausnummern an echten Straßennamen", .invented = true}, now);
}

}  // namespace mitwirken::maps
