// What people say about a contribution of any kind: threads of two levels, answers of the office marked and first.
// The section is drawn here so that every building block can show it; the module `discussion` has the routes.
#pragma once

#include "core/contributions/contributions.h"
#include "core/visit.h"

namespace mitwirken::core {

inline constexpr std::string_view comment_kind = "comment";
inline constexpr std::size_t comment_letters = 1500;
inline constexpr int comments_on_a_page = 50;

// The whole section for the page of `target`: comments with permalinks (#beitrag-ID), reporting, and the form, or why
// there is none. `values` and `problems` are those of a form that has to be shown again.
html::SafeHtml comments_section(Visit& visit, const Contribution& target, const Form& values = {},
                                const Problems& problems = {});

// Where the section's forms go: "/verfahren/{procedure}/gespraech/{activity}/{id}/…".
std::string comment_path(const Visit& visit, const Contribution& target);

}  // namespace mitwirken::core
