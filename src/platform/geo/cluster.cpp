// Groups of points for a zoom. Greedy, in a fixed order: the leader takes every free point within reach. A grid whose
// cells are as wide as the reach makes that linear: leaders lie further apart than the reach, so a cell is looked at a
// bounded number of times however many points it holds. A second round joins groups whose centres came close.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "platform/geo/geo.h"

namespace mitwirken::geo {
namespace {

struct Node {
    Pixel at;
    std::int64_t count = 0, id = 0;  // id: the smallest one inside
    Point point;                     // exact while alone
    Box box;
};

struct Entry {
    std::int64_t cell;
    std::uint32_t node;
};  // row above column, so neighbours in a row are neighbours here

double square(Pixel a, Pixel b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

Box joined(const Box& a, const Box& b) {
    return {std::min(a.west, b.west), std::min(a.south, b.south), std::max(a.east, b.east), std::max(a.north, b.north)};
}

class Grid {
public:
    Grid(const std::vector<Node>& nodes, double cell) : cell_(cell) {
        entries_.reserve(nodes.size());
        for (const Node& node : nodes) {
            entries_.push_back(
                {cell_of(line(node.at.y), line(node.at.x)), static_cast<std::uint32_t>(entries_.size())});
        }
        std::sort(entries_.begin(), entries_.end(), before);
    }

    // Calls act with every node of the nine cells around.
    template <typename Act>
    void around(Pixel at, Act act) const {
        for (std::int64_t row = line(at.y) - 1; row <= line(at.y) + 1; ++row) {
            const std::int64_t first = cell_of(row, line(at.x) - 1);
            auto entry = std::lower_bound(entries_.begin(), entries_.end(), Entry{first, 0}, before);
            for (; entry != entries_.end() && entry->cell <= first + 2; ++entry) act(entry->node);
        }
    }

private:
    static bool before(const Entry& a, const Entry& b) { return a.cell != b.cell ? a.cell < b.cell : a.node < b.node; }
    std::int64_t line(double pixel) const { return static_cast<std::int64_t>(std::floor(pixel / cell_)); }
    static std::int64_t cell_of(std::int64_t row, std::int64_t column) {
        return row * (std::int64_t{1} << 31) + column;
    }
    double cell_;
    std::vector<Entry> entries_;
};

// Nodes stand in the order in which they may lead.
std::vector<Node> grouped(const std::vector<Node>& nodes, double reach) {
    const Grid grid(nodes, reach);
    std::vector<bool> taken(nodes.size());
    std::vector<Node> groups;
    for (std::size_t leader = 0; leader < nodes.size(); ++leader) {
        if (taken[leader]) continue;
        Node group = nodes[leader];
        taken[leader] = true;
        Pixel sum{group.at.x * static_cast<double>(group.count), group.at.y * static_cast<double>(group.count)};
        grid.around(nodes[leader].at, [&](std::uint32_t other) {
            const Node& node = nodes[other];
            if (taken[other] || square(node.at, nodes[leader].at) > reach * reach) return;
            taken[other] = true;
            group.count += node.count;
            group.id = std::min(group.id, node.id);
            group.box = joined(group.box, node.box);
            sum.x += node.at.x * static_cast<double>(node.count);
            sum.y += node.at.y * static_cast<double>(node.count);
        });
        group.at = {sum.x / static_cast<double>(group.count), sum.y / static_cast<double>(group.count)};
        groups.push_back(group);
    }
    return groups;
}

// Nodes in the order of their ids.
std::vector<Cluster> gathered(std::vector<Node> nodes, int zoom, double pixels) {
    if (pixels > 0) {
        nodes = grouped(nodes, pixels);
        std::stable_sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.count > b.count; });
        nodes = grouped(nodes, pixels * 0.7);
    }
    std::vector<Cluster> clusters;
    clusters.reserve(nodes.size());
    for (const Node& node : nodes) {
        const bool alone = node.count == 1;
        clusters.push_back({alone ? node.point : from_pixel(node.at, zoom), node.count, alone ? node.id : 0, node.box});
    }
    return clusters;
}

}  // namespace

std::vector<Cluster> cluster(const std::vector<Marked>& points, int zoom, double pixels) {
    zoom = std::clamp(zoom, 0, 24);
    std::vector<Node> nodes;
    nodes.reserve(points.size());
    for (const auto& [id, point] : points) {
        if (!std::isfinite(point.lon) || !std::isfinite(point.lat)) continue;
        nodes.push_back({to_pixel(point, zoom), 1, id, point, {point.lon, point.lat, point.lon, point.lat}});
    }
    std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) {
        return a.id != b.id ? a.id < b.id : std::tie(a.point.lon, a.point.lat) < std::tie(b.point.lon, b.point.lat);
    });
    return gathered(std::move(nodes), zoom, pixels);
}

std::vector<Cluster> join_clusters(const std::vector<Cluster>& groups, int zoom, double pixels) {
    zoom = std::clamp(zoom, 0, 24);
    std::vector<Node> nodes;
    nodes.reserve(groups.size());
    for (const auto& group : groups)
        if (std::isfinite(group.centre.lon) && std::isfinite(group.centre.lat))
            nodes.push_back({to_pixel(group.centre, zoom), group.count, group.only, group.centre, group.box});
    std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.id < b.id; });
    return gathered(std::move(nodes), zoom, pixels);
}

}  // namespace mitwirken::geo
