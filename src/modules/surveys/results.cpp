// See results.h.
#include "modules/surveys/results.h"

#include <algorithm>

#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::surveys {

namespace {

using core::Visit;

std::string in(const Visit& visit, const Text& text) { return text.in(visit.language.code()); }

}  // namespace

std::string channel_word(core::Channel channel) {
    return std::string(db::Names<core::Channel>::words[std::size_t(channel)]);
}

std::optional<core::Channel> channel_from(std::string_view word) {
    const auto& words = db::Names<core::Channel>::words;
    for (std::size_t i = 0; i < std::size(words); ++i)
        if (words[i] == word) return core::Channel(i);
    return {};
}

Message channel_name(core::Channel channel) {
    using core::Channel;
    switch (channel) {
        case Channel::online:
            return tr_noop("Online");
        case Channel::live:
            return tr_noop("In the hall");
        case Channel::paper:
            return tr_noop("On paper");
        case Channel::phone:
            return tr_noop("By phone");
        case Channel::mail:
            return tr_noop("By mail");
        case Channel::hearing:
            return tr_noop("At a hearing");
    }
    return {};
}

ResultFilter result_filter(const Form& query) {
    return {to_int(query["fassung"]).value_or(0), channel_from(query["kanal"])};
}

Results results(db::Tx& tx, core::ActivityId activity, const ResultFilter& filter, bool for_everybody) {
    Results all;
    all.versions = versions(tx, activity);
    CountFilter wanted{{}, filter.channel};
    std::vector<Questionnaire> shown_contents;
    for (const auto& version : all.versions) {
        all.contents.push_back(parse_questionnaire(version.content));
        if (filter.version != 0 && version.number != filter.version) continue;
        if (filter.version != 0) wanted.version = version.id;
        shown_contents.push_back(all.contents.back());
    }
    all.questions = merged(shown_contents.empty() ? all.contents : shown_contents);
    all.counts = read_counts(tx, activity, wanted);
    all.totals = totals(tx, activity);
    for (const auto& total : all.totals) all.everybody += total.n;
    const auto at = all.counts.find({"", std::string(answered_cell)});
    all.total = at == all.counts.end() ? 0 : at->second;
    if (for_everybody && filter.any()) all.least = smallest_public_cell;
    return all;
}

std::string versions_of(const Visit& visit, const Results& all, const Question& question) {
    std::int64_t first = 0, last = 0, reworded = 0;
    const Question* before = nullptr;
    for (std::size_t i = 0; i < all.versions.size(); ++i) {
        const auto* asked = all.contents[i].find(question.key);
        if (!asked) continue;
        const auto number = all.versions[i].number;
        if (!first) first = number;
        if (before && before->title != asked->title) reworded = number;
        before = asked;
        last = number;
    }
    const auto number = [](std::int64_t n) { return std::to_string(n); };
    if (!first) return "";
    if (reworded) return visit.tr(tr_noop("asked in other words since version {n}", {{"n", number(reworded)}}));
    if (last != all.versions.back().number) return visit.tr(tr_noop("asked until version {n}", {{"n", number(last)}}));
    if (first != all.versions.front().number)
        return visit.tr(tr_noop("asked since version {n}", {{"n", number(first)}}));
    return "";
}

http::Response results_table(Visit& visit, const Results& all, const std::string& file) {
    tables::CsvWriter csv;
    csv.row({visit.tr("Question"), visit.tr("Row"), visit.tr("Answer"), visit.tr("Count"), visit.tr("Answered"),
             visit.tr("Value")});
    const auto number = [&](std::int64_t n) {
        return all.shows(n) ? std::to_string(n) : "< " + std::to_string(all.least);
    };
    const auto value = [&](double v) { return visit.language.number(v, 2); };
    for (const auto& q : all.questions) {
        const auto s = summary_of(q, all.counts);
        const std::string title = in(visit, q.title), answered = number(s.answered);
        for (const auto& bar : s.bars) csv.row({title, "", in(visit, bar.label), number(bar.count), answered, ""});
        for (const auto& row : s.rows)
            for (std::size_t i = 0; i < row.counts.size(); ++i)
                csv.row(
                    {title, in(visit, row.label), in(visit, q.options[i].label), number(row.counts[i]), answered, ""});
        if (!all.shows(s.answered)) continue;
        for (const auto& rank : s.ranks) {
            csv.row({title, in(visit, rank.label), visit.tr("First places"), number(rank.first), answered, ""});
            csv.row({title, in(visit, rank.label), visit.tr("Borda points"), "", answered, std::to_string(rank.borda)});
        }
        for (const auto& line : s.points)
            csv.row({title, in(visit, line.label), visit.tr("Points"), "", answered, std::to_string(line.sum)});
        if (!s.figures) continue;
        csv.row({title, "", visit.tr("Mean"), "", answered, value(s.figures->mean)});
        csv.row({title, "", visit.tr("Median"), "", answered, value(s.figures->median)});
    }
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
    response.body = csv.take();
    return response;
}

}  // namespace mitwirken::surveys
