// The repeatable rows of the editing forms: needed where they are read and where they are shown.
#pragma once

#include "core/forms/forms.h"

namespace mitwirken::documentation {

inline core::Rows link_rows() {
    using Kind = core::Field::Kind;
    return {.name = "links",
            .legend = tr_noop("Links: offer, format, downloads"),
            .add_label = tr_noop("Add a link"),
            .columns = {{"title", tr_noop("Title"), Kind::text}, {"url", tr_noop("Address"), Kind::text}}};
}

inline core::Rows option_rows() {
    using Kind = core::Field::Kind;
    return {.name = "options",
            .legend = tr_noop("Answers"),
            .add_label = tr_noop("Add an answer"),
            .columns = {{"text", tr_noop("Answer"), Kind::text}, {"votes", tr_noop("Votes, if counted"), Kind::text}},
            .least = 2};
}

}  // namespace mitwirken::documentation
