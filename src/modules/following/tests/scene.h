// What the tests of following share: forms as a browser sends them, mails as they lie in the outbox.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/test_house.h"

namespace mitwirken::tests {

inline constexpr const char* ideas_base = "/verfahren/smart-rhino/ideen/ideen";

// Sends the form of a page with these fields and the hidden ones a browser would send.
Answer fill_in(TestHouse& house, Client& client, const std::string& page, const std::string& action, Fields fields);
Answer ask_to_follow(TestHouse& house, Client& client, const std::string& thing, const Fields& fields);
// An idea of this person; its path.
std::string hand_in_idea(TestHouse& house, Client& client, const std::string& title,
                         const std::string& body = "Bitte.");
// The path behind the first "https://…/folgen/<what>/" of a mail; "" when there is none.
std::string link_in(const std::string& mail, const std::string& what);
// Follows with a confirmed address.
void follow_confirmed(TestHouse& house, Client& client, const std::string& thing, const std::string& email,
                      const std::string& rhythm);
// The mails to this address since the last call with it, oldest first: the bytes that travel.
std::vector<std::string> raw_mails(TestHouse& house, const std::string& to);
// Subject and text of them, oldest first.
std::vector<std::string> texts_to(TestHouse& house, const std::string& to);

}  // namespace mitwirken::tests
