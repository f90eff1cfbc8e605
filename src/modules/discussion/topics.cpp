// The rules of topics; see topics.h.
#include "modules/discussion/topics.h"

#include <nlohmann/json.hpp>

#include "platform/base/text.h"

namespace mitwirken::discussion {

Settings settings_of(const std::string& text) {
    const auto given = nlohmann::json::parse(text.empty() ? "{}" : text, nullptr, false);
    return {given.is_object() && given.value("topics_by", "staff") == "everyone"};
}

Result<NewTopic> check_topic(const Form& form) {
    const NewTopic topic{trimmed(form["title"]), trimmed(form["body"])};
    Problems problems;
    if (topic.title.empty()) problems.add("title", tr_noop("Please say in a few words what it is about."));
    if (letters(topic.title) > title_letters)
        problems.add("title", tr_noop("Please shorten the title to {limit} letters.",
                                      {{"limit", std::to_string(title_letters)}}));
    if (topic.body.empty()) problems.add("body", tr_noop("Please write one or two sentences to begin with."));
    if (letters(topic.body) > text_letters)
        problems.add("body",
                     tr_noop("Please shorten the text to {limit} letters.", {{"limit", std::to_string(text_letters)}}));
    if (problems.any()) return problems;
    return topic;
}

}  // namespace mitwirken::discussion
