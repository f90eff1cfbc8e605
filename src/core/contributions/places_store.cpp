// Where contributions lie: points, drawings and groups for maps; see contributions.h.
#include <cmath>
#include <numbers>

#include "core/contributions/where.h"

namespace mitwirken::core {

namespace {

const db::Query select_points{"core.contribution_points", R"(
    SELECT id, lon, lat, title, status, supports FROM core_contribution
    WHERE activity_id = :activity AND kind = :kind AND state = 'published' AND lon IS NOT NULL
      AND lon >= :west AND lon <= :east AND lat >= :south AND lat <= :north ORDER BY id LIMIT :most)"};

ContributionFilter without_order(ContributionFilter filter) {
    filter.sort = ContributionFilter::Sort::newest;
    filter.after.reset();
    return filter;
}

Built in_box(TenantId tenant, const ContributionFilter& filter, const Box& box) {
    Built b = build_where(tenant, without_order(filter));
    b.where += " AND lon IS NOT NULL AND lon >= " + b.bind(box.west) + " AND lon <= " + b.bind(box.east) +
               " AND lat >= " + b.bind(box.south) + " AND lat <= " + b.bind(box.north);
    return b;
}

// A row of groups as the database gives it.
struct Row {
    std::int64_t count;
    ContributionId one;
    double lon, lat, west, south, east, north;
};

}  // namespace

std::vector<ContributionPoint> contribution_points(db::Tx& tx, ActivityId activity, const std::string& kind,
                                                   const Box& box, int most) {
    return tx.all<ContributionPoint>(select_points, activity, kind, box.west, box.east, box.south, box.north, most);
}

std::vector<ContributionDrawing> contribution_drawings(db::Tx& tx, TenantId tenant, const ContributionFilter& filter,
                                                       const Box& box, int most) {
    Built b = in_box(tenant, filter, box);
    const std::string limit = b.bind(std::int64_t(most));
    return tx.all_built_with<ContributionDrawing>(
        "SELECT id, lon, lat, title, status, place FROM core_contribution WHERE " + b.where + " ORDER BY id LIMIT " +
            limit,
        b.values);
}

std::int64_t count_places(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int most) {
    Built b = build_where(tenant, without_order(filter));
    const std::string limit = b.bind(std::int64_t(most) + 1);
    return tx
        .all_built_with<std::int64_t>("SELECT count(*) FROM (SELECT 1 FROM core_contribution WHERE " + b.where +
                                          " AND lon IS NOT NULL LIMIT " + limit + ") AS found",
                                      b.values)
        .front();
}

std::vector<ContributionCell> contribution_cells(db::Tx& tx, TenantId tenant, const ContributionFilter& filter,
                                                 const Box& box, double cell) {
    Built b = in_box(tenant, filter, box);
    const double high = cell * std::cos((box.south + box.north) / 2 * std::numbers::pi / 180);
    // A whole number of each cell; whether the engine cuts or rounds only moves the grid by half a cell.
    const std::string column = "CAST((lon + 180) * " + b.bind(1 / cell) + " AS BIGINT)";
    const std::string row = "CAST((lat + 90) * " + b.bind(1 / high) + " AS BIGINT)";
    const auto rows = tx.all_built_with<Row>(
        "SELECT count(*), min(id), avg(lon), avg(lat), min(lon), min(lat), max(lon), max(lat) FROM core_contribution "
        "WHERE " +
            b.where + " GROUP BY " + column + ", " + row + " ORDER BY min(id)",
        b.values);
    std::vector<ContributionCell> cells;
    cells.reserve(rows.size());
    for (const auto& r : rows) cells.push_back({r.count, r.one, r.lon, r.lat, {r.west, r.south, r.east, r.north}});
    return cells;
}

}  // namespace mitwirken::core
