// The rules of @name@: pure functions, no database, no clock.
#include "modules/@name@/@name@.h"

#include "platform/base/text.h"

namespace mitwirken::@name@ {

Result<NewItem> check(const Form& form) {
    NewItem item{trimmed(form["title"]), trimmed(form["body"])};
    Problems problems;
    if (item.title.empty()) problems.add("title", tr_noop("Please give it a title."));
    if (letters(item.title) > title_letters)
        problems.add("title", tr_noop("Please shorten the title to {limit} letters.", {{"limit", "120"}}));
    if (item.body.empty()) problems.add("body", tr_noop("Please write a text."));
    if (letters(item.body) > body_letters)
        problems.add("body", tr_noop("Please shorten the text to {limit} letters.", {{"limit", "5,000"}}));
    if (problems.any()) return problems;
    return item;
}

}  // namespace mitwirken::@name@
