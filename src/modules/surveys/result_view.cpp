// Results as HTML; every bar stands in the table that says the same in numbers.
#include <algorithm>

#include "core/forms/forms.h"
#include "modules/surveys/results.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::results;
using core::Visit;
constexpr double bar_width = 400;
constexpr int texts_shown = 30;

class View {
public:
    View(Visit& visit, const Results& all, const ResultsPage& page) : visit_(visit), all_(all), page_(page) {}
    html::SafeHtml html();

private:
    std::string in(const Text& text) const { return text.in(visit_.language.code()); }
    std::string number(std::int64_t n) const {
        if (all_.shows(n)) return visit_.language.number(n);
        return "< " + std::to_string(all_.least);
    }
    std::string percent(std::int64_t n, double share) const {
        return all_.shows(n) ? visit_.language.number(share * 100, 0) + " %" : "";
    }
    static std::string width(double share) { return std::to_string(int(std::clamp(share, 0.0, 1.0) * bar_width)); }
    void filter(html::Values& values);
    void history(html::Values& values);
    void question(html::Values values, const Question& q);
    void bars(html::Values& values, const Summary& s);
    void matrix(html::Values& values, const Summary& s);
    void ranks(html::Values& values, const Summary& s);
    void points(html::Values& values, const Summary& s);
    void texts(html::Values& values, const Question& q);

    Visit& visit_;
    const Results& all_;
    const ResultsPage& page_;
};

void View::filter(html::Values& values) {
    values.set(v::ACTION, visit_.url(page_.path));
    if (all_.versions.size() > 1) {
        auto box = values.add(v::VERSIONS);
        for (const auto& version : all_.versions)
            box.add(v::VERSION)
                .set(v::NUMBER, version.number)
                .show_if(version.number == page_.filter.version, v::CHOSEN);
    }
    for (int i = 0; i <= int(core::Channel::hearing); ++i) {
        const auto channel = core::Channel(i);
        values.add(v::CHANNEL)
            .set(v::VALUE, channel_word(channel))
            .set(v::LABEL, visit_.tr(channel_name(channel)))
            .show_if(page_.filter.channel == channel, v::CHOSEN);
    }
    values.set(v::TOTAL, all_.shows(all_.total)
                             ? visit_.language.plural("{n} answer", "{n} answers", all_.total)
                             : visit_.tr(tr_noop("Fewer than {n} answers", {{"n", std::to_string(all_.least)}})));
    if (page_.filter.any())
        values.add(v::OF).set(v::TEXT, visit_.tr(tr_noop("of {n}", {{"n", visit_.language.number(all_.everybody)}})));
    if (all_.least > 0) values.show(v::FEW);
}

void View::history(html::Values& values) {
    if (all_.versions.size() < 2) return;
    auto box = values.add(v::HISTORY);
    for (std::size_t i = 0; i < all_.versions.size(); ++i) {
        const auto& version = all_.versions[i];
        std::int64_t n = 0;
        for (const auto& total : all_.totals)
            if (total.version == version.id) n += total.n;
        std::vector<std::string> changed;
        if (i > 0)
            for (const auto& words : changes(all_.contents[i - 1], all_.contents[i]))
                changed.push_back(visit_.tr(words));
        const std::string from = visit_.language.date_short(berlin_day(version.published_at));
        box.add(v::LINE)
            .set(v::NUMBER, version.number)
            .set(v::WHEN, version.replaced_at
                              ? from + " – " + visit_.language.date_short(berlin_day(*version.replaced_at))
                              : visit_.tr(tr_noop("since {day}", {{"day", from}})))
            .set(v::COUNT, visit_.language.number(n))
            .set(v::CHANGES, join(changed, " "));
    }
}

void View::bars(html::Values& values, const Summary& s) {
    double largest = 0;
    for (const auto& bar : s.bars) largest = std::max(largest, bar.share);
    auto box = values.add(v::BARS).set(v::UNIT, visit_.tr("Count")).set(v::SHARE_LABEL, visit_.tr("Share"));
    for (const auto& bar : s.bars)
        box.add(v::BAR)
            .set(v::LABEL, bar.key == other_key ? visit_.tr("Other") : in(bar.label))
            .set(v::WIDTH, width(all_.shows(bar.count) && largest > 0 ? bar.share / largest : 0))
            .set(v::COUNT, number(bar.count))
            .set(v::SHARE, percent(bar.count, bar.share));
}

void View::matrix(html::Values& values, const Summary& s) {
    auto box = values.add(v::MATRIX);
    for (const auto& column : s.question->options) box.add(v::COLUMN).set(v::LABEL, in(column.label));
    for (const auto& row : s.rows) {
        auto line = box.add(v::ROW).set(v::LABEL, in(row.label));
        for (const auto n : row.counts)
            line.add(v::CELL)
                .set(v::COUNT, number(n))
                .set(v::SHARE, row.answered ? percent(n, double(n) / double(row.answered)) : "");
    }
}

void View::ranks(html::Values& values, const Summary& s) {
    auto box = values.add(v::RANKS);
    const double largest = s.ranks.empty() ? 0 : double(s.ranks.front().borda);
    for (const auto& rank : s.ranks)
        box.add(v::BAR)
            .set(v::LABEL, in(rank.label))
            .set(v::WIDTH, width(largest > 0 ? double(rank.borda) / largest : 0))
            .set(v::BORDA, visit_.language.number(rank.borda))
            .set(v::FIRST_PLACES, number(rank.first))
            .set(v::MEAN, rank.ranked ? visit_.language.number(rank.mean, 1) : "–");
}

void View::points(html::Values& values, const Summary& s) {
    auto box = values.add(v::BARS).set(v::UNIT, visit_.tr("Points")).set(v::SHARE_LABEL, visit_.tr("Mean"));
    const double largest = s.points.empty() ? 0 : double(s.points.front().sum);
    for (const auto& line : s.points)
        box.add(v::BAR)
            .set(v::LABEL, in(line.label))
            .set(v::WIDTH, width(largest > 0 ? double(line.sum) / largest : 0))
            .set(v::COUNT, visit_.language.number(line.sum))
            .set(v::SHARE, visit_.language.number(line.mean, 1));
}

// The position of a point, the kind of everything else; the office finds the geometry in the export.
std::string place_in_words(const Visit& visit, const std::string& geojson) {
    const auto json = Json::parse(geojson, nullptr, false);
    if (!json.is_object()) return geojson;
    const std::string type = json.value("type", "");
    if (type == "Point" && json["coordinates"].size() == 2)
        return visit.language.number(json["coordinates"][1].get<double>(), 5) + " N, " +
               visit.language.number(json["coordinates"][0].get<double>(), 5) + " O";
    return type == "LineString" ? visit.tr("A line") : visit.tr("An area");
}

void View::texts(html::Values& values, const Question& q) {
    const bool place = q.kind == Kind::place;
    if (page_.staff)
        values.add(v::READ).set(v::URL, visit_.url(page_.below + "/texte?frage=" + q.key));
    else if (!place)
        values.show(v::UNSEEN);
    if (page_.filter.any()) return;
    const auto list = page_.staff ? free_texts(visit_.tx, page_.activity, q.key, {}, {}, place ? texts_shown : 5)
                                  : released_texts(visit_.tx, page_.activity, q.key, {}, texts_shown);
    if (list.empty()) return;
    auto box = values.add(v::TEXTS);
    for (const auto& text : list) box.add(v::ITEM).set(v::TEXT, place ? place_in_words(visit_, text.text) : text.text);
}

void View::question(html::Values values, const Question& q) {
    const auto s = summary_of(q, all_.counts);
    values.set(v::KEY, q.key).set(v::TITLE, in(q.title));
    values.set(v::ANSWERED, all_.shows(s.answered)
                                ? visit_.language.plural("{n} answer", "{n} answers", s.answered)
                                : visit_.tr(tr_noop("Fewer than {n} answers", {{"n", std::to_string(all_.least)}})));
    if (const std::string note = versions_of(visit_, all_, q); !note.empty()) values.add(v::NOTE).set(v::TEXT, note);
    if (!all_.shows(s.answered)) return;
    if (s.figures)
        values.add(v::FIGURES)
            .set(v::MEAN, visit_.language.number(s.figures->mean, 1))
            .set(v::MEDIAN, visit_.language.number(s.figures->median, 1))
            .set(v::LOWEST, visit_.language.number(s.figures->lowest, 0))
            .set(v::HIGHEST, visit_.language.number(s.figures->highest, 0));
    if (!s.bars.empty()) bars(values, s);
    if (!s.rows.empty()) matrix(values, s);
    if (!s.ranks.empty()) ranks(values, s);
    if (!s.points.empty()) points(values, s);
    const bool free = q.kind == Kind::text || q.kind == Kind::long_text || q.kind == Kind::place || q.other;
    if (free && s.answered > 0) texts(values, q);
}

html::SafeHtml View::html() {
    html::Values values;
    filter(values);
    history(values);
    for (const auto& q : all_.questions) question(values.add(v::QUESTION), q);
    const std::string query = to_query(visit_.query);
    values.set(v::CSV, visit_.url(page_.path + ".csv") + (query.empty() ? "" : "?" + query));
    if (page_.staff)
        values.add(v::CROSS).set(v::URL, visit_.url(page_.below + "/kreuztabelle"));
    else if (page_.below == "cross")
        values.add(v::CROSS).set(v::URL, visit_.url(page_.path + "/kreuztabelle"));
    return html::render_part(v::file, values, visit_.language);
}

}  // namespace

html::SafeHtml results_content(Visit& visit, const Results& all, const ResultsPage& page) {
    return View(visit, all, page).html();
}

// ---- two questions crossed

namespace {

Cross cross_of(db::Tx& tx, core::ActivityId activity, const Crossable& rows, const Crossable& columns) {
    Cross cross;
    std::map<std::string, std::size_t> row_at, column_at;
    for (const auto& [key, label] : rows.options) {
        row_at[key] = cross.rows.size();
        cross.rows.push_back({key, label});
    }
    for (const auto& [key, label] : columns.options) {
        column_at[key] = cross.columns.size();
        cross.columns.push_back({key, label});
    }
    cross.counts.assign(cross.rows.size(), std::vector<std::int64_t>(cross.columns.size()));
    for (const auto& cell : cross_cells(tx, activity, rows.key, columns.key)) {
        const auto row = row_at.find(cell.row);
        const auto column = column_at.find(cell.column);
        if (row == row_at.end() || column == column_at.end()) continue;
        cross.counts[row->second][column->second] = cell.n;
        cross.rows[row->second].count += cell.n;
    }
    cross.hidden.assign(cross.rows.size(), std::vector<bool>(cross.columns.size()));
    return cross;
}

void draw(Visit& visit, html::Values& values, const Cross& cross) {
    namespace c = tpl::cross;
    const auto in = [&](const Bar& bar) {
        return bar.key == other_key ? visit.tr("Other") : bar.label.in(visit.language.code());
    };
    for (const auto& column : cross.columns) values.add(c::COLUMN).set(c::LABEL, in(column));
    for (std::size_t r = 0; r < cross.rows.size(); ++r) {
        auto line = values.add(c::ROW).set(c::LABEL, in(cross.rows[r]));
        const bool whole = std::none_of(cross.hidden[r].begin(), cross.hidden[r].end(), [](bool h) { return h; });
        for (std::size_t k = 0; k < cross.columns.size(); ++k) {
            auto cell = line.add(c::CELL);
            const auto n = cross.counts[r][k], sum = cross.rows[r].count;
            cell.set(c::COUNT, cross.hidden[r][k] ? std::string("–") : visit.language.number(n));
            // A share beside a hidden number would tell the sum.
            if (whole && sum > 0) cell.set(c::SHARE, visit.language.number(100.0 * double(n) / double(sum), 0) + " %");
        }
    }
}

}  // namespace

html::SafeHtml cross_content(Visit& visit, const Results& all, core::ActivityId activity, std::int64_t least,
                             const std::string& path) {
    namespace c = tpl::cross;
    const auto list = crossables(all.questions);
    html::Values values;
    values.set(c::ACTION, visit.url(path));
    const Crossable *rows = nullptr, *columns = nullptr;
    for (const auto& one : list) {
        if (one.key == visit.query["a"]) rows = &one;
        if (one.key == visit.query["b"]) columns = &one;
    }
    if (list.size() >= 2 && !rows) rows = &list[0];
    if (list.size() >= 2 && !columns) columns = rows == &list[1] ? &list[0] : &list[1];
    for (const auto& one : list) {
        const std::string label = first_letters(one.title.in(visit.language.code()), 100);
        values.add(c::FIRST).set(c::VALUE, one.key).set(c::LABEL, label).show_if(&one == rows, c::CHOSEN);
        values.add(c::SECOND).set(c::VALUE, one.key).set(c::LABEL, label).show_if(&one == columns, c::CHOSEN);
    }
    if (!rows || !columns || rows == columns) {
        values.show(c::NONE);
    } else {
        Cross cross = cross_of(visit.tx, activity, *rows, *columns);
        if (least > 0) hide_small(cross, least);
        auto table = values.add(c::TABLE).show_if(least > 0, c::FEW);
        table.set(c::ROWS, rows->title.in(visit.language.code()));
        table.set(c::COLUMNS, columns->title.in(visit.language.code()));
        draw(visit, table, cross);
    }
    return html::render_part(c::file, values, visit.language);
}

}  // namespace mitwirken::surveys
