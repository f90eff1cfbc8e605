// HTML from templates (ctemplate) with contextual escaping. Templates are files of a module
// ("toolbox/templates/list.html", included and named as "toolbox/list.html"); they are loaded once per language: every
// [[English text]] in them is replaced by its translation, with markers such as [[Found {{COUNT}} formats]] kept in
// place.
//
// Safe by construction: the loader puts {{%AUTOESCAPE context="HTML"}} in front of every template and refuses :none and
// any other modifier that switches escaping off. HTML that was made safe before goes in only as SafeHtml.
// Names are constants generated from the templates (tools/template_names.py -> "<module>/templates.h"):
//   namespace mitwirken::toolbox::tpl::list { inline constexpr html::Template file; inline constexpr html::Var TITLE;
//   inline constexpr html::Section ITEM; } – a misspelt name or a section used as a variable does not compile.
// [[>app/icon.html name=pin]] puts app/templates/partials/icon.html in at load time, with $name replaced;
// [[asset:app.css]] becomes the address of the asset. docs/i18n.md and loader.h say what a template may hold.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "platform/i18n/i18n.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace mitwirken::html {

// "toolbox/list.html"
struct Template {
    const char* path;
};
// {{TITLE}}: escaped for the place where it stands
struct Var {
    const char* name;
};
// {{BODY:x-safe-html}}: takes SafeHtml only, and nothing else takes it
struct SafeVar {
    const char* name;
};
// {{#ITEM}} … {{/ITEM}}
struct Section {
    const char* name;
};
// {{>PAGER}}
struct Include {
    const char* name;
};

// HTML that is safe already: made by markdown() or by render(). There is no way from a plain string.
class SafeHtml {
public:
    SafeHtml() = default;
    const std::string& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    friend SafeHtml trusted(std::string html);

private:
    std::string text_;
};
// Only platform/html calls this (checked by tools/check_floors).
SafeHtml trusted(std::string html);

// What a template is filled with. A handle, cheap to copy; sub-values live as long as any handle of the same root.
// A name that is not set in a section is looked up outside of it, but never across an include.
// Values of one root belong to one thread.
class Values {
public:
    Values();  // a new root
    Values& set(Var name, std::string_view text);
    Values& set(Var name, const char* text) { return set(name, std::string_view(text)); }
    Values& set(Var name, std::int64_t number);  // plain digits; for people's eyes use Language::number
    Values& set(Var name, int number) { return set(name, std::int64_t{number}); }
    Values& set(SafeVar name, const SafeHtml& html);
    // Shows the section once (more often when called again) and gives its values.
    Values add(Section name);
    // Shows the section once with no values of its own.
    Values& show(Section name);
    Values& show_if(bool condition, Section name) { return condition ? show(name) : *this; }
    // Fills an include with a template; called again, it follows the first.
    Values include(Include name, Template with);

private:
    explicit Values(std::shared_ptr<ctemplate::TemplateDictionary> values) : values_(std::move(values)) {}
    friend std::string render(Template, const Values&, const i18n::Language&);
    std::shared_ptr<ctemplate::TemplateDictionary> values_;
};

// Throws std::logic_error for a template that does not exist. Safe to call from many threads.
std::string render(Template file, const Values& values, const i18n::Language& language);
inline SafeHtml render_part(Template file, const Values& values, const i18n::Language& language) {
    return trusted(render(file, values, language));
}

// Says what [[asset:app.css]] becomes, e.g. "/assets/app.3f2a.css". Before load_templates; by default the name itself.
void set_asset_resolver(std::function<std::string(std::string_view logical)> resolver);
// Loads and checks every embedded template in every language; throws std::logic_error with file and line. At start;
// the first render() does it otherwise.
void load_templates();

// A picture we drew ourselves, as <img> with the drawing in its address (the policy allows data: for pictures).
SafeHtml svg_image(std::string_view svg, std::string_view alt);
// schema.org data for search engines: <script type="application/ld+json">; no "<" of the data survives.
SafeHtml json_script(std::string_view json);

// Markdown people write -> safe HTML (cmark-gfm and an allow-list). Headings begin at `first_heading` and leave no
// level out. `by_public`: links get rel="nofollow ugc noopener" and every line break that was typed counts. Links
// elsewhere have class="external"; pictures become links; HTML that was typed is shown as text.
struct MarkdownOptions {
    int first_heading = 3;
    bool by_public = false;
};
SafeHtml markdown(std::string_view text, const MarkdownOptions& options = {});
// The same text without any mark-up, for summaries, search and feeds.
std::string markdown_to_text(std::string_view text);

// A data block, <script type="application/ld+json">…</script>; it never runs, and nothing in it can end it.
SafeHtml json_script(const nlohmann::json& value, std::string_view type = "application/ld+json");

}  // namespace mitwirken::html
