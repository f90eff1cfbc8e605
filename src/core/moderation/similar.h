// Is a new text nearly one that the desk has hidden? Of a hidden text only a sketch is kept: MinHash (Broder, "On the
// resemblance and containment of documents", 1997) over its runs of five letters, 32 numbers. The share of equal
// numbers estimates the share of equal runs. 20 of 32 count as similar: in a text of 200 letters about four other
// words; a text on the same matter in other words stays far below. Very short texts ("Danke!") have no sketch.
// Invariant: nothing is decided by this, somebody looks at it first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/contributions/contributions.h"

namespace mitwirken::core {

inline constexpr int prints_of_a_text = 32;
inline constexpr int prints_of_similar_texts = 20;
// Empty for texts with fewer runs than this.
inline constexpr std::size_t least_runs = 24;
using Prints = std::vector<std::int64_t>;

// Pure. Case, marks and spaces do not count.
Prints prints_of(const std::string& text);

void remember_removed(db::Tx& tx, TenantId tenant, const Contribution& contribution);
// An appeal was granted: what was hidden by mistake holds up nobody.
void forget_removed(db::Tx& tx, ContributionId id);
bool similar_to_removed(db::Tx& tx, TenantId tenant, const std::string& text);

}  // namespace mitwirken::core
