// Forms from a description; see forms.h.
#include "core/forms/forms.h"

#include "core/templates.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::core {

namespace {

namespace t = tpl::form;
using Kind = Field::Kind;

const char* input_type(Kind kind) {
    switch (kind) {
        case Kind::password:
            return "password";
        case Kind::email:
            return "email";
        case Kind::url:
            return "url";
        case Kind::date:
            return "date";
        case Kind::time:
            return "time";
        default:
            return "text";
    }
}

bool is_group(Kind kind) { return kind == Kind::radios || kind == Kind::checks || kind == Kind::tiles; }

// The first field with a mistake: the page opens there, with script or without.
bool opens_at(const std::vector<Field>& fields, const Problems& problems, const Field& field) {
    for (const auto& one : fields)
        if (!one.name.empty() && problems.of(one.name)) return &one == &field;
    return false;
}

std::string part_id(std::size_t index) { return "part-" + std::to_string(index); }

}  // namespace

FormView::FormView(Visit& visit, const Form& values, const Problems& problems)
    : visit_(visit), values_(values), problems_(problems) {}

Field& FormView::add(Kind kind, std::string name, Message label) {
    Field field;
    field.kind = kind;
    field.name = std::move(name);
    field.label = std::move(label);
    fields_.push_back(std::move(field));
    return fields_.back();
}

Field& FormView::select(std::string name, Message label, std::vector<Option> options) {
    auto& field = add(Kind::select, std::move(name), std::move(label));
    field.options = std::move(options);
    return field;
}

Field& FormView::radios(std::string name, Message label, std::vector<Option> options) {
    auto& field = add(Kind::radios, std::move(name), std::move(label));
    field.options = std::move(options);
    return field;
}

Field& FormView::tiles(std::string name, Message label, std::vector<Option> options) {
    auto& field = add(Kind::tiles, std::move(name), std::move(label));
    field.options = std::move(options);
    return field;
}

Field& FormView::choices(std::string name, Message label, std::vector<Option> options) {
    auto& field = add(Kind::checks, std::move(name), std::move(label));
    field.options = std::move(options);
    return field;
}

void FormView::hidden(std::string name, std::string value) {
    auto& field = add(Kind::hidden, std::move(name), {});
    field.options.push_back({std::move(value), ""});
}

void FormView::fill_options(html::Values& box, const Field& field) const {
    for (const auto& option : field.options) {
        auto item = box.add(t::OPTION).set(t::OPTION_VALUE, option.value).set(t::OPTION_LABEL, option.label);
        item.set(t::TYPE, field.kind == Kind::checks ? "checkbox" : "radio");
        item.show_if(values_.has(field.name, option.value), t::CHOSEN);
        item.show_if(is_group(field.kind) && &option == &field.options.front() && opens_at(fields_, problems_, field),
                     t::FIRST);
        if (!option.hint.empty()) item.add(t::OPTION_HINT).set(t::TEXT, option.hint);
    }
}

void FormView::fill_control(html::Values& box, const Field& field, const std::string& described,
                            const std::function<html::Values(html::Values)>& describe) const {
    switch (field.kind) {
        case Kind::area:
        case Kind::markdown:
            describe(box.add(t::AREA))
                .set(t::VALUE, values_[field.name])
                .set(t::ROWS, field.kind == Kind::area ? 4 : 12);
            break;
        case Kind::select: {
            auto control = describe(box.add(t::SELECT));
            fill_options(control, field);
            break;
        }
        case Kind::file: {
            auto control = describe(box.add(t::FILE));
            control.show_if(field.many, t::MANY);
            if (!field.accept.empty()) control.add(t::ACCEPT).set(t::TEXT, field.accept);
            break;
        }
        case Kind::check:
            describe(box).show_if(values_[field.name] == "on", t::CHOSEN);
            break;
        case Kind::radios:
        case Kind::checks:
        case Kind::tiles: {
            if (!described.empty()) box.add(t::DESCRIBED).set(t::IDS, described);
            auto inner = box.add(field.kind == Kind::tiles ? t::TILES : t::BOXES);
            fill_options(inner, field);
            break;
        }
        default: {
            auto control = describe(box.add(t::INPUT)).set(t::TYPE, input_type(field.kind));
            if (field.kind == Kind::colour) {
                const std::string& typed = values_[field.name];
                box.add(t::WELL).set(t::VALUE, is_colour(typed) ? typed : "#000000");
            }
            control.set(t::VALUE, field.kind == Kind::password ? "" : values_[field.name]);
            if (!field.autocomplete.empty()) control.add(t::FILL).set(t::TEXT, field.autocomplete);
            control.show_if(field.kind == Kind::code, t::CODE);
            const bool narrow = field.kind == Kind::date || field.kind == Kind::time || field.kind == Kind::number ||
                                field.kind == Kind::code || field.kind == Kind::colour;
            control.show_if(narrow, t::NARROW);
        }
    }
}

void FormView::fill(html::Values& form, const Field& field) const {
    auto line = form.add(t::FIELD);
    line.set(t::NAME, field.name).set(t::FIELD_ID, field_id(field.name)).set(t::LABEL, visit_.tr(field.label));
    if (field.kind == Kind::hidden) return void(line.add(t::HIDDEN).set(t::VALUE, field.options.front().value));
    const std::size_t index = std::size_t(&field - fields_.data());
    if (field.kind == Kind::heading) return void(line.add(t::HEADING).set(t::PART_ID, part_id(index)));
    if (field.kind == Kind::fold)
        return void(line.add(t::FOLD).set(t::PART_ID, part_id(index)).show_if(is_open(index), t::OPEN));
    if (field.kind == Kind::fold_end) return void(line.show(t::FOLD_END));
    if (field.kind == Kind::static_text) return void(line.add(t::PART).set(t::CONTENT, field.content));

    auto box = line.add(is_group(field.kind) ? t::GROUP : field.kind == Kind::check ? t::SINGLE : t::LINE);
    const std::string hint = field.hint_plain.empty() ? visit_.tr(field.hint_text) : field.hint_plain;
    const auto* problem = problems_.of(field.name);
    std::string described;
    if (!hint.empty()) {
        box.add(t::HINT).set(t::TEXT, hint);
        described = "f-" + field_id(field.name) + "-hint";
    }
    if (problem) {
        box.show(t::ERROR_CLASS).add(t::ERROR).set(t::TEXT, visit_.tr(problem->message));
        described += (described.empty() ? "f-" : " f-") + field_id(field.name) + "-error";
    }
    box.show_if(field.is_optional, t::OPTIONAL);
    const auto describe = [&](html::Values control) {
        if (!described.empty()) control.add(t::DESCRIBED).set(t::IDS, described);
        control.show_if(problem != nullptr, t::INVALID).show_if(opens_at(fields_, problems_, field), t::FIRST);
        if (field.most_letters > 0) control.add(t::MOST).set(t::NUMBER, std::int64_t(field.most_letters));
        return control;
    };
    fill_control(box, field, described, describe);
}

bool FormView::is_open(std::size_t fold) const {
    for (std::size_t i = fold + 1; i < fields_.size() && fields_[i].kind != Kind::fold_end; ++i)
        if (!fields_[i].name.empty() && (!values_[fields_[i].name].empty() || problems_.of(fields_[i].name)))
            return true;
    return false;
}

html::SafeHtml FormView::html(const FormOptions& options) const {
    html::Values form;
    form.set(t::SUMMARY, error_summary(visit_, problems_));
    form.set(t::ID, options.id).set(t::METHOD, options.method);
    form.set(t::ACTION, visit_.url(options.action.empty() ? visit_.path : options.action));
    form.show_if(options.has_files, t::FILES).show_if(options.keep_draft, t::DRAFT);
    if (options.once && options.method == "post") {
        const std::string& sent = values_["_key"];
        form.add(t::KEY).set(t::VALUE, sent.empty() ? crypto::random_token() : sent);
    }
    if (options.contents) {
        auto list = form.add(t::CONTENTS);
        for (std::size_t i = 0; i < fields_.size(); ++i)
            if (fields_[i].kind == Kind::heading || fields_[i].kind == Kind::fold)
                list.add(t::ENTRY).set(t::PART_ID, part_id(i)).set(t::LABEL, visit_.tr(fields_[i].label));
    }
    for (const auto& field : fields_) fill(form, field);
    form.set(t::SUBMIT, visit_.tr(options.submit));
    for (const auto& button : options.buttons) {
        auto item = form.add(t::BUTTON).set(t::NAME, button.name).set(t::VALUE, button.value);
        item.set(t::LABEL, visit_.tr(button.label)).show_if(button.danger, t::DANGER);
    }
    if (!options.cancel.empty()) form.add(t::CANCEL).set(t::URL, visit_.url(options.cancel));
    return html::render_part(t::file, form, visit_.language);
}

}  // namespace mitwirken::core
