// Versions of anything people edit: who, when, and the content as named fields. Appended, never changed. The same
// mechanism stops two editors from overwriting each other: a form carries the number it was made from.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

// Field (English source string of its label) and its text, in the order they are shown.
using Snapshot = std::vector<std::pair<std::string, std::string>>;

struct Revision {
    std::int64_t number = 0;
    AccountId by;
    std::string by_name;  // "" when the account is erased
    Timestamp at{};
    std::string comment;
    Snapshot content;
};

// Returns the new number (1, 2, 3 …).
std::int64_t add_revision(db::Tx& tx, TenantId tenant, const Ref& ref, const Snapshot& content, AccountId by,
                          const std::string& comment, Timestamp now);
std::int64_t latest_revision(db::Tx& tx, TenantId tenant, const Ref& ref);
// Without content, newest first.
std::vector<Revision> revisions(db::Tx& tx, TenantId tenant, const Ref& ref, std::int64_t before, int count);
std::optional<Revision> find_revision(db::Tx& tx, TenantId tenant, const Ref& ref, std::int64_t number);

// Word by word (longest common subsequence, Myers 1986, on at most 20,000 words; beyond that the whole field).
struct Piece {
    enum class Kind { same, removed, added } kind;
    std::string text;
};
struct FieldChange {
    std::string field;
    std::vector<Piece> pieces;
    bool changed = false;
};
// Only which fields differ: for thousands of things at once.
std::vector<std::string> changed_fields(const Snapshot& before, const Snapshot& after);
std::vector<FieldChange> compare(const Snapshot& before, const Snapshot& after);

}  // namespace mitwirken::core
