// Forms and links of a page, as a browser's parser (libxml2's for HTML) finds them: what contract tests fill in and
// follow without knowing a module.
#pragma once

#include <string>
#include <vector>

#include "support/test_house.h"

namespace mitwirken::tests {

struct PageField {
    std::string name;
    std::string type;   // "text", "url", "date", "textarea", "select", "checkbox", "radio", "file", "hidden" …
    std::string value;  // as the page shows it; of a select the chosen or first option
    std::vector<std::string> options = {};  // of a select
    std::size_t most_letters = 0;           // maxlength
    bool on = false;                        // checked, for boxes and radios
    bool wrong = false;                     // the server said so (aria-invalid)

    // People type into it, and any text may stand there. Nobody sees the trap for programs (core/forms/guard.h).
    bool is_free_text() const { return (type == "text" || type == "textarea") && name != "homepage"; }
    bool is_typed() const {
        return is_free_text() || type == "url" || type == "email" || type == "date" || type == "time" ||
               type == "color" || type == "password" || type == "search" || type == "number";
    }
};

struct PageForm {
    std::string action;  // path
    std::string method;  // "get" or "post"
    bool takes_files = false;
    std::vector<PageField> fields;
    std::vector<std::pair<std::string, std::string>> buttons;  // that have a name

    const PageField* field(std::string_view name) const;
    // What a browser sends when nobody changes anything.
    Fields sent() const;
    // The same with this value in every field for which `wanted` says yes.
    template <class Wanted>
    Fields sent_with(const std::string& value, Wanted wanted) const {
        Fields result = sent();
        for (const auto& field : fields)
            if (wanted(field)) set(result, field.name, value);
        return result;
    }
    static void set(Fields& list, const std::string& name, const std::string& value);
};

Answer send(Client& client, const PageForm& form, const Fields& fields);

// A page, parsed. What runs or could run is named, so that a test can say where it found it.
class ParsedPage {
public:
    explicit ParsedPage(const std::string& html);
    const std::vector<PageForm>& forms() const& { return forms_; }
    std::vector<PageForm> forms() && { return std::move(forms_); }
    const std::vector<std::string>& links() const& { return links_; }
    std::vector<std::string> links() && { return std::move(links_); }  // href of <a>, as written
    // Scripts without src (data blocks apart), attributes on…, addresses javascript:, elements that only the payloads
    // of the tests bring: each as "<img onerror=…>".
    const std::vector<std::string>& executable() const& { return executable_; }
    std::vector<std::string> executable() && { return std::move(executable_); }
    const std::string& text() const { return text_; }  // all that is shown
    bool has_error_summary() const;

private:
    std::vector<PageForm> forms_;
    std::vector<std::string> links_, executable_;
    std::string text_;
};

// One page of every GET route that this client reaches by links from `start`, forms first met included: path by path.
std::vector<std::string> pages_reached(TestHouse& house, Client& client, const std::vector<std::string>& starts,
                                       std::string_view below);

}  // namespace mitwirken::tests
