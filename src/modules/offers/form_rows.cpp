// The repeatable rows of the editing form; see form_rows.h.
#include "modules/offers/form_rows.h"

#include "platform/base/text.h"

namespace mitwirken::offers {

core::Rows document_rows() {
    using Kind = core::Field::Kind;
    return {.name = "documents",
            .legend = tr_noop("Documents on other sites"),
            .add_label = tr_noop("Add a document"),
            .columns = {{"title", tr_noop("Title"), Kind::text}, {"url", tr_noop("Address"), Kind::url}}};
}

core::Rows related_rows() {
    using Kind = core::Field::Kind;
    return {.name = "related",
            .legend = tr_noop("News, dates and results that belong to it"),
            .add_label = tr_noop("Add a link"),
            .columns = {{"title", tr_noop("Title"), Kind::text}, {"url", tr_noop("Address"), Kind::text}}};
}

std::string link_kind(const std::string& url) {
    if (starts_with(url, "/termine/")) return "event";
    if (starts_with(url, "/neuigkeiten/")) return "news";
    if (starts_with(url, "/ergebnisse/")) return "documentation";
    if (starts_with(url, "/instrumente")) return "format";
    return "page";
}

}  // namespace mitwirken::offers
