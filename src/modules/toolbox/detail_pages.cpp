// One format: its page, the print view and the PDF sheet.
#include "core/paper/paper.h"
#include "modules/toolbox/pages.h"
#include "platform/pdf/pdf.h"
#include "toolbox/templates.h"

namespace mitwirken::toolbox {

using core::Visit;

bool may_see(const Visit& visit, const Format& format) {
    if (is_public(format)) return true;
    const bool colleague = visit.actor.staff() && visit.actor.role != core::Role::operator_;
    return (colleague && format.state == State::published) || visit.may(edit_action, format.owner);
}

Format visible_format(Visit& visit, const std::string& key) {
    const auto format = find_format(visit.tx, visit.tenant.id, key);
    if (!format || !may_see(visit, *format)) throw NotFound();
    if (!is_public(*format)) visit.do_not_cache();
    return *format;
}

http::Response detail_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    return visit.page({.title = title_in(visit, f.title, f.title_en),
                       .description = title_in(visit, f.summary, f.summary_en),
                       .navigation = "/instrumente",
                       .index = is_public(f)},
                      detail_content(visit, f, Showing::page));
}

http::Response print_page(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    html::Values values;
    values.set(tpl::paper::CONTENT, detail_content(visit, f, Showing::print));
    return visit.page({.title = title_in(visit, f.title, f.title_en), .kind = "print", .bare = true, .index = false},
                      tpl::paper::file, values);
}

// Without WeasyPrint the print view is the way to paper.
http::Response pdf(Visit& visit) {
    const Format f = visible_format(visit, visit.parameter("key"));
    if (!pdf::available()) return http::Response::redirect(visit.url("/instrumente/" + f.key + "/drucken"));
    const std::string begin = std::to_string(f.id.value) + "-" + visit.language.code() + "-";
    return core::paper(visit, sheet(visit, f), begin, f.key + ".pdf", 1);
}

}  // namespace mitwirken::toolbox
