// Names of the builder's form that both its page and its reading know.
#pragma once

#include "core/forms/forms.h"
#include "modules/surveys/questionnaire.h"

namespace mitwirken::surveys {

inline constexpr int conditions_in_form = 3;

// "options-1-label", "options-1-label_en", "options-1-key". The key stands beside the words so that a row keeps its
// answers when it is reworded or moved; a new row leaves it empty.
inline core::Rows option_rows(const Question& q) {
    core::Rows rows{.name = "options",
                    .legend = q.kind == Kind::matrix ? tr_noop("Columns") : tr_noop("Answers"),
                    .add_label = q.kind == Kind::matrix ? tr_noop("Another column") : tr_noop("Another answer"),
                    .columns = {{"label", tr_noop("Words")}, {"label_en", tr_noop("In English")}}};
    if (q.kind == Kind::image) rows.columns.push_back({"picture", tr_noop("Picture")});
    rows.columns.push_back({"key", tr_noop("Key (given by us)")});
    rows.least = 3;
    rows.most = int(most_options);
    return rows;
}
inline core::Rows matrix_rows() {
    core::Rows rows{
        .name = "rows",
        .legend = tr_noop("Rows"),
        .add_label = tr_noop("Another row"),
        .columns = {
            {"label", tr_noop("Words")}, {"label_en", tr_noop("In English")}, {"key", tr_noop("Key (given by us)")}}};
    rows.least = 3;
    rows.most = int(most_options);
    return rows;
}

}  // namespace mitwirken::surveys
