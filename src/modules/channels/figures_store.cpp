// Counting; see figures.h. Each statement goes through the rows of one procedure once, by an index that begins with it;
// days and districts are found in C++ (hours of UTC are hours of Berlin, so an hour belongs to one day).
#include <algorithm>

#include "modules/channels/figures.h"
#include "platform/geo/geo.h"

namespace mitwirken::channels {

namespace {

constexpr std::int64_t hour = 3'600'000;

enum class What { text, answer, comment };

}  // namespace

}  // namespace mitwirken::channels

template <>
struct mitwirken::db::Names<mitwirken::channels::What> {
    static constexpr std::string_view words[] = {"text", "answer", "comment"};
};

namespace mitwirken::channels {

namespace {

const db::Query count_heads{"channels.heads", R"(
    SELECT activity_id, CASE WHEN target_id <> 0 THEN 'comment' WHEN title = '' THEN 'answer' ELSE 'text' END AS what,
      channel, created_at / 3600000 AS hour, count(*), CAST(COALESCE(sum(supports), 0) AS BIGINT)
    FROM core_contribution WHERE procedure_id = :procedure AND state = 'published'
    GROUP BY activity_id, CASE WHEN target_id <> 0 THEN 'comment' WHEN title = '' THEN 'answer' ELSE 'text' END,
      channel, created_at / 3600000)"};
const db::Query count_topics{"channels.topics", R"(
    SELECT h.activity_id, c.term_id, count(*)
    FROM core_contribution h
    JOIN core_classification c ON c.module = h.module AND c.item = h.id
    JOIN core_term t ON t.id = c.term_id AND t.tree = 'topic'
    WHERE h.procedure_id = :procedure AND h.state = 'published' AND h.target_id = 0 AND h.title <> ''
    GROUP BY h.activity_id, c.term_id)"};
const db::Query count_with_topic{"channels.with_topic", R"(
    SELECT h.activity_id, count(*) FROM core_contribution h
    WHERE h.procedure_id = :procedure AND h.state = 'published' AND h.target_id = 0 AND h.title <> ''
      AND EXISTS (SELECT 1 FROM core_classification c JOIN core_term t ON t.id = c.term_id
        WHERE c.module = h.module AND c.item = h.id AND t.tree = 'topic')
    GROUP BY h.activity_id)"};
const db::Query select_points{"channels.points", R"(
    SELECT activity_id, lon, lat FROM core_contribution
    WHERE procedure_id = :procedure AND state = 'published' AND target_id = 0 AND title <> '' AND lon IS NOT NULL
      AND lat IS NOT NULL)"};
const db::Query count_people{"channels.people", R"(
    SELECT count(DISTINCT participant_id) FROM core_interaction
    WHERE procedure_id = :procedure AND tenant_id = :tenant AND participant_id <> 0)"};

struct Heads {
    core::ActivityId activity;
    What what;
    core::Channel channel;
    std::int64_t hour, count, supports;
};
struct OfTerm {
    core::ActivityId activity;
    core::TermId term;
    std::int64_t count;
};
struct OfActivity {
    core::ActivityId activity;
    std::int64_t count;
};
struct PointOf {
    core::ActivityId activity;
    double lon, lat;
};

struct District {
    core::TermId id;
    std::vector<geo::Point> ring;
    geo::Box box;
};

bool in(const geo::Box& box, geo::Point p) {
    return p.lon >= box.west && p.lon <= box.east && p.lat >= box.south && p.lat <= box.north;
}

std::vector<District> districts_of(db::Tx& tx, core::TenantId tenant) {
    std::vector<District> list;
    for (const auto& term : core::terms(tx, tenant, "district")) {
        District d{term.id, core::outline_of(term), {180, 90, -180, -90}};
        if (d.ring.size() < 3) continue;
        for (const auto& p : d.ring)
            d.box = {std::min(d.box.west, p.lon), std::min(d.box.south, p.lat), std::max(d.box.east, p.lon),
                     std::max(d.box.north, p.lat)};
        list.push_back(std::move(d));
    }
    return list;
}

class Counter {
public:
    Counter(db::Tx& tx, core::ProcedureId procedure, const core::Procedure& plan)
        : tx_(tx), procedure_(procedure), counted_(public_activities(plan)) {}

    void heads(Figures& f) {
        for (const auto& h : tx_.all<Heads>(count_heads, procedure_)) {
            if (!counts(h.activity)) continue;
            const std::chrono::sys_days day{berlin_day(Timestamp{std::chrono::milliseconds{h.hour * hour}})};
            auto& bucket = f.days[day];
            f.supports += h.supports;
            if (h.what == What::comment) {
                f.comments += h.count;
                bucket.comments += h.count;
            } else if (h.what == What::answer) {
                f.answers += h.count;
                f.answers_by_channel[h.channel] += h.count;
            } else {
                f.contributions += h.count;
                f.by_channel[h.channel] += h.count;
                bucket.contributions += h.count;
            }
        }
        std::erase_if(f.days, [](const auto& one) { return one.second.contributions + one.second.comments == 0; });
    }

    void topics(Figures& f) {
        for (const auto& one : tx_.all<OfTerm>(count_topics, procedure_))
            if (counts(one.activity)) f.topics[one.term] += one.count;
        f.without_topic = f.contributions;
        for (const auto& one : tx_.all<OfActivity>(count_with_topic, procedure_))
            if (counts(one.activity)) f.without_topic -= one.count;
    }

    void districts(Figures& f, core::TenantId tenant) {
        const auto known = districts_of(tx_, tenant);
        std::int64_t placed = 0;
        tx_.each<PointOf>(
            select_points,
            [&](PointOf&& p) {
                if (!counts(p.activity)) return true;
                ++placed;
                const geo::Point at{p.lon, p.lat};
                const auto found = std::find_if(known.begin(), known.end(), [&](const District& d) {
                    return in(d.box, at) && geo::inside(at, d.ring);
                });
                if (found == known.end())
                    ++f.outside;
                else
                    ++f.districts[found->id];
                return true;
            },
            procedure_);
        f.without_place = f.contributions - placed;
    }

private:
    bool counts(core::ActivityId id) const { return std::find(counted_.begin(), counted_.end(), id) != counted_.end(); }
    db::Tx& tx_;
    core::ProcedureId procedure_;
    std::vector<core::ActivityId> counted_;
};

}  // namespace

Figures count_figures(db::Tx& tx, core::TenantId tenant, const core::ProcedureRecord& procedure,
                      const core::Procedure& plan, Timestamp now) {
    Figures f;
    Counter counter(tx, procedure.id, plan);
    counter.heads(f);
    counter.topics(f);
    counter.districts(f, tenant);
    f.participants = tx.value<std::int64_t>(count_people, procedure.id, tenant);
    if (procedure.promise_days > 0) {
        const auto late = start_of(add_days(berlin_day(now), -int(procedure.promise_days)));
        f.promise = core::promise_figures(tx, procedure.id, procedure.promise_days, late);
    }
    f.goals = core::progress_of_goals(tx, tenant, procedure.id);
    return f;
}

}  // namespace mitwirken::channels
