// Filling in forms of any module so that they are accepted, and what tests ask about the whole database afterwards.
#pragma once

#include <map>
#include <optional>

#include "support/page_forms.h"

namespace mitwirken::tests {

// Paths of one page per staff route that an administrator reaches, pages for something new included.
std::vector<std::string> staff_pages(TestHouse& house, Client& admin);
std::vector<std::string> only_new(const std::vector<std::string>& pages);

// The form of a page that this button-less reading finds largest: the one for the item itself.
std::optional<PageForm> main_form(const ParsedPage& page);
std::optional<PageForm> form_to(const ParsedPage& page, const std::string& action);

// Fills the form with `text` where people write, and with what the server's own answers ask for elsewhere; the answer
// to the last try. `fields` is what was sent.
struct Filled {
    Answer answer;
    Fields fields;
    PageForm form;
};
Filled fill_and_send(Client& client, const std::string& page, const std::string& text);
// Presses the buttons that lead to publication, one after the other.
void publish(Client& client, const std::string& edit_page);

// Rows of all tables together, without the memory of sent forms.
std::int64_t all_rows(TestHouse& house);
std::vector<std::string> addresses_of_site_map(Client& client);

}  // namespace mitwirken::tests
