// The fields of the questionnaire; see report_form.h.
#include "modules/toolbox/report_form.h"

namespace mitwirken::toolbox {

namespace {

using core::Visit;

std::string file_field(const core::Attachment& file) { return "file-" + std::to_string(file.id.value); }

bool is_renamed(const Visit& visit, const core::Attachment& file) {
    const std::string name = file_field(file) + "-title";
    return visit.form.has(name) && trimmed(visit.form[name]) != file.title;
}

}  // namespace

void add_report_fields(core::FormView& form, const std::vector<core::Option>& formats) {
    form.heading(tr_noop("What it was"));
    form.select("format", tr_noop("Format"), formats);
    form.text("title", tr_noop("Title of the experience"))
        .hint(tr_noop("For example: World Café on the new park"))
        .limit(200);
    form.area("occasion", tr_noop("What for")).optional();
    form.text("date_text", tr_noop("When"))
        .hint(tr_noop("For example: spring 2026, or 14 March 2026"))
        .optional()
        .limit(100);
    form.number("participants", tr_noop("How many took part")).optional();
    form.heading(tr_noop("What you learned"));
    form.area("went_well", tr_noop("What went well"))
        .hint(tr_noop("At least one of the two: what went well, what did not."));
    form.area("went_badly", tr_noop("What did not"));
    form.area("advice", tr_noop("Advice to others")).optional();
}

Form form_of(const Report& r) {
    Form form;
    form.set("format", std::to_string(r.format ? r.format->value : 0));
    form.set("title", r.title);
    form.set("occasion", r.occasion);
    form.set("date_text", r.date_text);
    if (r.participants) form.set("participants", std::to_string(*r.participants));
    form.set("went_well", r.went_well);
    form.set("went_badly", r.went_badly);
    form.set("advice", r.advice);
    return form;
}

Problems read_report(Visit& visit, Report& r, bool complete) {
    Problems problems;
    const auto text = [&](const char* name, std::size_t most, const Message& missing) {
        const std::string value = trimmed(visit.form[name]);
        if (value.empty() && !missing.empty()) problems.add(name, missing);
        if (letters(value) > most)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(most)}}));
        return value;
    };
    r.title = text("title", 200, tr_noop("Please give it a title."));
    r.occasion = text("occasion", 4000, {});
    r.date_text = text("date_text", 100, {});
    r.went_well = text("went_well", 8000, {});
    r.went_badly = text("went_badly", 8000, {});
    r.advice = text("advice", 8000, {});
    const std::string number = trimmed(visit.form["participants"]);
    r.participants = number.empty() ? std::nullopt : to_int(number);
    if (!number.empty() && (!r.participants || *r.participants < 0 || *r.participants > 1'000'000))
        problems.add("participants", tr_noop("Please give a number."));
    if (complete && r.went_well.empty() && r.went_badly.empty())
        problems.add("went_well", tr_noop("Before you hand it in, say what went well or what did not."));
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && !*uploads) problems.append(uploads->problems());
    return problems;
}

bool files_change(Visit& visit, const core::Ref& ref) {
    if (auto* uploads = visit.prepared<core::TakenFiles>(); uploads && *uploads && !(*uploads)->empty()) return true;
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref))
        if (visit.form[file_field(file) + "-remove"] == "on" || is_renamed(visit, file)) return true;
    return false;
}

}  // namespace mitwirken::toolbox
