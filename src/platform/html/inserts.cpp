// Pictures and data put into a page as they are; see html.h. Everything is escaped here, so nothing else can be.
#include "platform/base/text.h"
#include "platform/html/html.h"

namespace mitwirken::html {

SafeHtml svg_image(std::string_view svg, std::string_view alt) {
    return trusted("<img src=\"data:image/svg+xml," + escape_url(svg) + "\" alt=\"" + escape_html(alt) + "\">");
}

SafeHtml json_script(std::string_view json) {
    std::string safe;
    for (const char c : json) {
        if (c == '<')
            safe += "\\u003c";
        else if (c == '>')
            safe += "\\u003e";
        else if (c == '&')
            safe += "\\u0026";
        else
            safe += c;
    }
    return trusted("<script type=\"application/ld+json\">" + safe + "</script>");
}

}  // namespace mitwirken::html
