// The word-wise comparison of versions.
#include <doctest/doctest.h>

#include "core/revisions/revisions.h"

using namespace mitwirken;
using core::Piece;

namespace {

// "same [-removed-] {+added+}"
std::string shown(const std::string& before, const std::string& after) {
    const auto changes = core::compare({{"Text", before}}, {{"Text", after}});
    std::string text;
    for (const auto& piece : changes.at(0).pieces)
        text += piece.kind == Piece::Kind::same      ? piece.text
                : piece.kind == Piece::Kind::removed ? "[-" + piece.text + "-]"
                                                     : "{+" + piece.text + "+}";
    return text;
}

}  // namespace

TEST_CASE("a comparison marks the words that came and went, and leaves the others alone") {
    CHECK(shown("Alter Titel", "Neuer Titel") == "[-Alter -]{+Neuer +}Titel");
    CHECK(shown("", "Alles neu") == "{+Alles neu+}");
    CHECK(shown("Alles weg", "") == "[-Alles weg-]");
    CHECK(shown("gleich", "gleich") == "gleich");
}

TEST_CASE("words that are added at the end do not change the word before them") {
    CHECK(shown("Netiquette", "Netiquette und Hausregeln") == "Netiquette {+und Hausregeln+}");
    CHECK(shown("Netiquette und Hausregeln", "Netiquette") == "Netiquette [-und Hausregeln-]");
}

TEST_CASE("a new paragraph is a difference") {
    CHECK(shown("Eins zwei", "Eins\n\nzwei") == "[-Eins -]{+Eins\n\n+}zwei");
}
