// Results as everybody, the office, the API and the exports see them: one loading, one drawing.
#pragma once

#include "core/visit.h"
#include "modules/surveys/store.h"

namespace mitwirken::surveys {

struct Results {
    std::vector<Version> versions;        // oldest first
    std::vector<Questionnaire> contents;  // of each
    std::vector<Question> questions;      // of all versions, or of the one that is asked for
    Counts counts;
    std::vector<Total> totals;
    std::int64_t total = 0;      // of the filter
    std::int64_t everybody = 0;  // without it
    std::int64_t least = 0;      // smaller numbers are not shown: filters make groups in which people are known
    bool shows(std::int64_t n) const { return n >= least; }
};
struct ResultFilter {
    std::int64_t version = 0;  // its number; 0: all
    std::optional<core::Channel> channel;
    bool any() const { return version != 0 || channel; }
};
ResultFilter result_filter(const Form& query);
Results results(db::Tx& tx, core::ActivityId activity, const ResultFilter& filter, bool for_everybody);

std::string channel_word(core::Channel channel);
std::optional<core::Channel> channel_from(std::string_view word);
Message channel_name(core::Channel channel);

struct ResultsPage {
    bool staff = false;
    std::string path;   // of this page
    std::string below;  // desk: "/verwaltung/…/umfragen/…", for the links to texts and cross tables
    ResultFilter filter;
    core::ActivityId activity;
};
html::SafeHtml results_content(core::Visit& visit, const Results& all, const ResultsPage& page);
// One line for each answer to each question.
http::Response results_table(core::Visit& visit, const Results& all, const std::string& file);

// Choosing two questions and their table; `least` hides small numbers.
html::SafeHtml cross_content(core::Visit& visit, const Results& all, core::ActivityId activity, std::int64_t least,
                             const std::string& path);

// Which versions asked a question, when it is not all of them: "seit Fassung 2", "bis Fassung 1".
std::string versions_of(const core::Visit& visit, const Results& all, const Question& question);

}  // namespace mitwirken::surveys
