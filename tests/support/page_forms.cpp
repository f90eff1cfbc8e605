// See page_forms.h.
#include "support/page_forms.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>

#include "platform/base/text.h"

namespace mitwirken::tests {

namespace {

std::string plain(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : ""; }

std::string attribute(const xmlNode* node, const char* name) {
    xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
    std::string text = plain(value);
    xmlFree(value);
    return text;
}

bool has_attribute(const xmlNode* node, const char* name) {
    return xmlHasProp(node, reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

std::string content_of(const xmlNode* node) {
    xmlChar* value = xmlNodeGetContent(node);
    std::string text = plain(value);
    xmlFree(value);
    return text;
}

std::string name_of(const xmlNode* node) { return lower_ascii(plain(node->name)); }

template <class Use>
void each_element(const xmlNode* node, const Use& use) {
    for (; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE) continue;
        use(node);
        each_element(node->children, use);
    }
}

PageField select_of(const xmlNode* node) {
    PageField field{attribute(node, "name"), "select", ""};
    field.wrong = attribute(node, "aria-invalid") == "true";
    bool chosen = false;
    each_element(node->children, [&](const xmlNode* option) {
        if (name_of(option) != "option") return;
        const std::string value =
            has_attribute(option, "value") ? attribute(option, "value") : trimmed(content_of(option));
        field.options.push_back(value);
        const bool selected = has_attribute(option, "selected");
        if (selected || (!chosen && field.options.size() == 1)) field.value = value;
        chosen = chosen || selected;
    });
    return field;
}

void add_control(PageForm& form, const xmlNode* node) {
    const std::string tag = name_of(node);
    if (!has_attribute(node, "name") && tag != "button") return;
    const std::string name = attribute(node, "name");
    PageField field{name, tag, ""};
    field.most_letters = std::size_t(to_int(attribute(node, "maxlength")).value_or(0));
    field.wrong = attribute(node, "aria-invalid") == "true";
    if (tag == "textarea") {
        field.value = content_of(node);
        if (starts_with(field.value, "\n")) field.value.erase(0, 1);
        form.fields.push_back(std::move(field));
    } else if (tag == "select") {
        form.fields.push_back(select_of(node));
    } else if (tag == "button" && !name.empty()) {
        form.buttons.emplace_back(name, attribute(node, "value"));
    } else if (tag == "input") {
        field.type = has_attribute(node, "type") ? lower_ascii(attribute(node, "type")) : "text";
        const bool box = field.type == "checkbox" || field.type == "radio";
        field.value = has_attribute(node, "value") || !box ? attribute(node, "value") : "on";
        field.on = has_attribute(node, "checked");
        if (field.type != "submit" && field.type != "button" && field.type != "reset")
            form.fields.push_back(std::move(field));
    }
}

bool is_ours(const xmlNode* script) {
    const std::string type = lower_ascii(attribute(script, "type"));
    return has_attribute(script, "src") || type == "application/ld+json" || type == "application/json";
}

void look_for_danger(const xmlNode* node, std::vector<std::string>& found) {
    const std::string tag = name_of(node);
    if (tag == "script" && !is_ours(node)) found.push_back("<script>" + content_of(node));
    if (tag == "script" && has_attribute(node, "src") && !starts_with(attribute(node, "src"), "/assets/"))
        found.push_back("<script src=" + attribute(node, "src"));
    for (const char* strange : {"object", "embed", "applet", "base", "marquee", "iframe", "frame"})
        if (tag == strange) found.push_back("<" + tag + ">");
    for (const xmlAttr* a = node->properties; a; a = a->next) {
        const std::string name = lower_ascii(plain(a->name));
        std::string value = attribute(node, plain(a->name).c_str());
        std::erase_if(value, [](unsigned char c) { return c <= ' '; });
        value = lower_ascii(value);
        const bool address = name == "href" || name == "src" || name == "action" || name == "formaction";
        const bool runs = starts_with(name, "on") || name == "srcdoc" || name == "style" ||
                          (address && (starts_with(value, "javascript:") || starts_with(value, "vbscript:") ||
                                       starts_with(value, "data:text")));
        if (runs) found.push_back("<" + tag + " " + name + "=" + value.substr(0, 80) + ">");
    }
}

}  // namespace

const PageField* PageForm::field(std::string_view name) const {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.name == name; });
    return at == fields.end() ? nullptr : &*at;
}

Fields PageForm::sent() const {
    Fields result;
    for (const auto& field : fields) {
        const bool box = field.type == "checkbox" || field.type == "radio";
        if (field.type == "file" || (box && !field.on)) continue;
        result.emplace_back(field.name, field.value);
    }
    return result;
}

void PageForm::set(Fields& list, const std::string& name, const std::string& value) {
    std::erase_if(list, [&](const auto& field) { return field.first == name; });
    list.emplace_back(name, value);
}

Answer send(Client& client, const PageForm& form, const Fields& fields) {
    if (form.method == "get") return client.get(form.action + "?" + to_query(Form(fields)));
    return form.takes_files ? client.upload(form.action, fields, {}) : client.post(form.action, fields);
}

ParsedPage::ParsedPage(const std::string& html) {
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        htmlReadMemory(html.data(), int(html.size()), nullptr, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
        &xmlFreeDoc);
    if (!document) return;
    const xmlNode* root = xmlDocGetRootElement(document.get());
    text_ = content_of(root);
    each_element(root, [&](const xmlNode* node) {
        look_for_danger(node, executable_);
        const std::string tag = name_of(node);
        if (tag == "a" && has_attribute(node, "href")) links_.push_back(attribute(node, "href"));
        if (tag != "form") return;
        PageForm form{attribute(node, "action"), lower_ascii(attribute(node, "method")), false, {}, {}};
        if (form.method.empty()) form.method = "get";
        form.takes_files = attribute(node, "enctype") == "multipart/form-data";
        each_element(node->children, [&](const xmlNode* control) { add_control(form, control); });
        forms_.push_back(std::move(form));
    });
}

bool ParsedPage::has_error_summary() const { return text_.find("Bitte prüfen Sie") != std::string::npos; }

std::vector<std::string> pages_reached(TestHouse& house, Client& client, const std::vector<std::string>& starts,
                                       std::string_view below) {
    const auto& router = house.program().router();
    std::vector<std::string> pages;
    std::set<std::string> seen;
    std::map<std::string, int> of_route;
    std::deque<std::string> waiting(starts.begin(), starts.end());
    while (!waiting.empty()) {
        const std::string path = waiting.front();
        waiting.pop_front();
        if (!seen.insert(path).second || !starts_with(path, below)) continue;
        const auto match = router.find(http::Method::get, unescape_url(path, false).value_or("/"));
        if (!match.route || match.route->kind != core::RouteKind::page) continue;
        // The form for something new and the one for something that is there share a route.
        const bool fresh = path.size() > 4 && path.compare(path.size() - 4, 4, "/neu") == 0;
        if (++of_route[std::string(match.route->pattern) + (fresh ? "+" : "")] > 1) continue;
        const auto page = client.get(path);
        if (page.status != 200) continue;
        pages.push_back(path);
        for (const auto& link : ParsedPage(page.body).links()) {
            const std::string target = link.substr(0, link.find_first_of("?#"));
            if (starts_with(target, "/") && !starts_with(target, "/assets/")) waiting.push_back(target);
        }
    }
    return pages;
}

}  // namespace mitwirken::tests
