// What people say about a contribution of any kind: threads of two levels, answers of the office marked and first.
// The section is drawn here so that every building block can show it; the module `discussion` has the routes.
#pragma once

#include "core/contributions/contributions.h"
#include "core/visit.h"

namespace mitwirken::core {

inline constexpr std::string_view comment_kind = "comment";
inline constexpr std::size_t comment_letters = 1500;
inline constexpr int comments_on_a_page = 50;

// In which order the threads stand ("?reihe="); answers under what they answer always stand oldest first.
enum class CommentOrder { oldest, newest, most_supported };
// Comments that begin a thread, or whose beginning is not shown; the page begins behind `after`. With them come all the
// answers, in their order.
struct CommentPage {
    std::vector<Contribution> comments;
    std::optional<Contribution> last;  // the beginning after which there is more
};
CommentPage sorted_comments(db::Tx& tx, ContributionId target, ParticipantId own, CommentOrder order,
                            const std::optional<Contribution>& after, int count);
// May people agree with comments here now? In a discussion that is "support", elsewhere it belongs to commenting.
Answer may_agree(const Visit& visit);
std::string_view agreeing(const Visit& visit);  // the interaction's word

// The whole section for the page of `target`: comments with permalinks (#beitrag-ID), reporting, and the form, or why
// there is none. `values` and `problems` are those of a form that has to be shown again.
html::SafeHtml comments_section(Visit& visit, const Contribution& target, const Form& values = {},
                                const Problems& problems = {});

// Where the section's forms go: "/verfahren/{procedure}/gespraech/{activity}/{id}/…".
std::string comment_path(const Visit& visit, const Contribution& target);

}  // namespace mitwirken::core
