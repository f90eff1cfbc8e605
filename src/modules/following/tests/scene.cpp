// See scene.h.
#include "scene.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/notify/notify.h"
#include "platform/mail/mail.h"

namespace mitwirken::tests {

namespace {

using namespace std::chrono_literals;

std::string outbox_of(TestHouse& house) { return house.folder() + "/outbox/" + core::outbox_shelf(house.tenant()); }

}  // namespace

Answer fill_in(TestHouse& house, Client& client, const std::string& page, const std::string& action, Fields fields) {
    const auto shown = client.get(page);
    REQUIRE(shown.status == 200);
    const std::string hidden = "type=\"hidden\" name=\"";
    for (auto at = shown.body.find(hidden); at != std::string::npos; at = shown.body.find(hidden, at + 1)) {
        const auto name = at + hidden.size(), end = shown.body.find('"', name);
        const auto value = shown.body.find("value=\"", end) + 7;
        const std::string word = shown.body.substr(name, end - name);
        if (std::none_of(fields.begin(), fields.end(), [&](const auto& field) { return field.first == word; }))
            fields.emplace_back(word, shown.body.substr(value, shown.body.find('"', value) - value));
    }
    house.clock().set(house.clock().now() + 20s);
    return client.post(action, fields);
}

Answer ask_to_follow(TestHouse& house, Client& client, const std::string& thing, const Fields& fields) {
    return fill_in(house, client, "/folgen?" + thing, "/folgen", fields);
}

std::string hand_in_idea(TestHouse& house, Client& client, const std::string& title, const std::string& body) {
    std::string page = ideas_base;
    page += "/neu";
    static int number = 0;  // how many one address may hand in is tested elsewhere
    client.from("2001:db8:f0::" + std::to_string(++number));
    const auto saved = fill_in(house, client, page, page, {{"title", title}, {"body", body}, {"_step", ""}});
    REQUIRE(saved.status == 303);
    return saved.location();
}

std::string link_in(const std::string& mail, const std::string& what) {
    const auto at = mail.find("/folgen/" + what + "/");
    if (at == std::string::npos) return "";
    return mail.substr(at, mail.find_first_of(" \r\n>\"", at) - at);
}

void follow_confirmed(TestHouse& house, Client& client, const std::string& thing, const std::string& email,
                      const std::string& rhythm) {
    REQUIRE(ask_to_follow(house, client, thing, {{"email", email}, {"rhythmus", rhythm}}).status == 303);
    house.run_jobs();
    const auto mails = texts_to(house, email);
    REQUIRE_FALSE(mails.empty());
    const auto link = link_in(mails.back(), "bestaetigen");
    REQUIRE_FALSE(link.empty());
    REQUIRE(client.post(link).status == 303);
}

std::vector<std::string> raw_mails(TestHouse& house, const std::string& to) {
    std::vector<std::string> found;
    auto list = mail::outbox(outbox_of(house), 1000);
    std::reverse(list.begin(), list.end());
    for (const auto& entry : list) {
        if (entry.to.find(to) == std::string::npos) continue;
        std::ifstream in(outbox_of(house) + "/" + entry.name, std::ios::binary);
        found.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return found;
}

std::vector<std::string> texts_to(TestHouse& house, const std::string& to) {
    std::vector<std::string> found;
    auto list = mail::outbox(outbox_of(house), 1000);
    std::reverse(list.begin(), list.end());
    for (const auto& entry : list)
        if (entry.to.find(to) != std::string::npos)
            found.push_back(entry.subject + "\n" + mail::read_outbox(outbox_of(house), entry.name)->text);
    return found;
}

}  // namespace mitwirken::tests
