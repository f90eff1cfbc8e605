// Values over ctemplate's dictionaries, and the one registry of loaded templates: a frozen cache per language, made
// once, never changed afterwards, so that rendering needs no locks of our own.
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>
#include <ctemplate/template_modifiers.h>

#include <array>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/html/loader.h"

namespace mitwirken::html {

namespace {

using ctemplate::TemplateString;

class AsItIs : public ctemplate::TemplateModifier {
public:
    void Modify(const char* in, std::size_t size, const ctemplate::PerExpandData*, ctemplate::ExpandEmitter* out,
                const std::string&) const override {
        out->Emit(in, size);
    }
};

std::function<std::string(std::string_view)>& asset_resolver() {
    static std::function<std::string(std::string_view)> resolver = [](std::string_view name) {
        return std::string(name);
    };
    return resolver;
}

bool is_template(std::string_view path) {
    const auto dot = path.rfind('.');
    if (dot == path.npos || path.find("/templates/") == path.npos) return false;
    if (path.find("/templates/partials/") != path.npos) return false;
    const auto ending = path.substr(dot);
    return ending == ".html" || ending == ".txt" || ending == ".xml";
}

// "toolbox/templates/list.html" -> "toolbox/list.html"
std::string name_of(std::string_view path) {
    std::string name(path);
    constexpr std::string_view folder = "/templates/";
    return name.replace(name.find(folder), folder.size(), "/");
}

std::optional<std::string_view> partial(const std::string& module, const std::string& name) {
    const auto* file = find_embedded(module + "/templates/partials/" + name);
    return file ? std::optional(file->content) : std::nullopt;
}

class Registry {
public:
    Registry() {
        static const AsItIs as_it_is;
        ctemplate::AddXssSafeModifier("x-safe-html", &as_it_is);
        for (const auto* language : i18n::languages()) load(*language);
    }

    const ctemplate::TemplateCache& of(const i18n::Language& language) const { return *caches_.at(&language); }

private:
    void load(const i18n::Language& language) {
        const Surroundings surroundings{partial, asset_resolver(),
                                        [&](std::string_view id) { return language.tr(id); }};
        auto cache = std::make_unique<ctemplate::TemplateCache>();
        for (const auto& file : embedded_files()) {
            if (!is_template(file.path)) continue;
            const Expanded expanded = expand(file.path, file.content, surroundings);
            const std::string source = prepare(file.path, expanded, surroundings);
            if (!cache->StringToTemplateCache(name_of(file.path), source, ctemplate::DO_NOT_STRIP)) {
                expanded.fail(0, "ctemplate cannot read it; the reason stands above");
            }
        }
        cache->Freeze();
        caches_[&language] = std::move(cache);
    }

    std::map<const i18n::Language*, std::unique_ptr<ctemplate::TemplateCache>> caches_;
};

const Registry& registry() {
    static const Registry loaded;
    return loaded;
}

// The hash of a name and its place in ctemplate's table of all names (behind a lock) cost more than the rest of a
// set(). They are worked out once for each thread and name; a name is a constant, so its address stands for it.
TemplateString as_key(const char* name) {
    struct Known {
        const char* name;
        ctemplate::StaticTemplateString key;
    };
    thread_local std::array<Known, 1024> all{};
    Known& known = all[(reinterpret_cast<std::uintptr_t>(name) * 0x9E3779B97F4A7C15U >> 32) % all.size()];
    if (known.name != name) {
        known.key = {{name, std::strlen(name), ctemplate::kIllegalTemplateId}};
        const ctemplate::StaticTemplateStringInitializer fills_in_the_hash(&known.key);
        known.name = name;
    }
    return TemplateString(known.key);
}

}  // namespace

SafeHtml trusted(std::string html) {
    SafeHtml safe;
    safe.text_ = std::move(html);
    return safe;
}

SafeHtml json_script(const nlohmann::json& value, std::string_view type) {
    std::string html = "<script type=\"" + escape_html(type) + "\">";
    // Invalid UTF-8 becomes U+FFFD instead of an exception; "<" and ">" can only stand inside JSON strings.
    for (const char c : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) {
        if (c == '<')
            html += "\\u003c";
        else if (c == '>')
            html += "\\u003e";
        else
            html += c;
    }
    return trusted(html + "</script>");
}

Values::Values() : values_(std::make_shared<ctemplate::TemplateDictionary>("page")) {}

Values& Values::set(Var name, std::string_view text) {
    values_->SetValue(as_key(name.name), TemplateString(text.data(), text.size()));
    return *this;
}

Values& Values::set(Var name, std::int64_t number) {
    values_->SetIntValue(as_key(name.name), long(number));
    return *this;
}

Values& Values::set(SafeVar name, const SafeHtml& html) {
    values_->SetValue(as_key(name.name), TemplateString(html.text().data(), html.text().size()));
    return *this;
}

Values Values::add(Section name) { return Values({values_, values_->AddSectionDictionary(as_key(name.name))}); }

Values& Values::show(Section name) {
    values_->ShowSection(as_key(name.name));
    return *this;
}

Values Values::include(Include name, Template with) {
    auto* inner = values_->AddIncludeDictionary(as_key(name.name));
    inner->SetFilename(with.path);
    return Values({values_, inner});
}

void set_asset_resolver(std::function<std::string(std::string_view)> resolver) {
    asset_resolver() = std::move(resolver);
}

void load_templates() { registry(); }

std::string render(Template file, const Values& values, const i18n::Language& language) {
    std::string out;
    out.reserve(48 * 1024);  // most pages; memory of this size is used again at once
    const auto& cache = registry().of(language);
    if (!cache.ExpandNoLoad(file.path, ctemplate::DO_NOT_STRIP, values.values_.get(), nullptr, &out)) {
        throw std::logic_error(std::string("template ") + file.path + ": it or one of its includes does not exist");
    }
    return out;
}

}  // namespace mitwirken::html
