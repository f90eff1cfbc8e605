// Reads one template's source into what ctemplate understands. Only platform/html includes this (and its test).
//
// The language of templates beside ctemplate's {{MARKERS}}:
//   [[English text {{COUNT}}]]            replaced by its translation, escaped for HTML (not in .txt)
//   [[asset:app.css]]                     replaced by the address of the asset
//   [[>app/icon.html name=pin class="a"]] replaced by app/templates/partials/icon.html, its $name and $class put in
// Invariants: what prepare() returns is auto-escaped by ctemplate everywhere (.html as HTML, .xml as XML; .txt is not
// mark-up); whatever could switch that off, or stands where ctemplate cannot judge the context, is refused.
// tools/template_syntax.py accepts the same language.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mitwirken::html {

enum class Kind { html, text, xml };
Kind kind_of(std::string_view path);

// A template with its partials put in and its comments taken out; knows where every byte came from.
struct Expanded {
    struct Origin {
        std::size_t offset;  // in text
        std::string file;
        int line;
    };
    std::string text;
    std::vector<Origin> origins;

    // std::logic_error "file:line: reason".
    [[noreturn]] void fail(std::size_t offset, std::string_view reason) const;
};

struct Surroundings {
    // The source of "app/icon.html", that is app/templates/partials/icon.html; nothing when there is none.
    std::function<std::optional<std::string_view>(const std::string& module, const std::string& name)> partial;
    std::function<std::string(std::string_view logical)> asset;
    std::function<std::string(std::string_view english)> translate;
};

// `file` is for messages, e.g. "toolbox/templates/list.html".
Expanded expand(std::string_view file, std::string_view source, const Surroundings& surroundings);
// The finished source for ctemplate, in the language of `surroundings.translate`.
std::string prepare(std::string_view file, const Expanded& expanded, const Surroundings& surroundings);

}  // namespace mitwirken::html
