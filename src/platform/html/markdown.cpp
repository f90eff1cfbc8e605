// Markdown people write -> HTML, by cmark-gfm. The allow-list works on the parsed tree, before any HTML exists: every
// node of another type becomes plain text, links keep only harmless addresses, and HTML that somebody typed is shown as
// they typed it. See html.h.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "platform/base/text.h"
#include "platform/html/html.h"

namespace mitwirken::html {

namespace {

// Longer than anything a form accepts; what is above is shown as plain text, because cmark-gfm needs quadratic time for
// some hostile texts.
constexpr std::size_t longest = 200'000;

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, FreeNode>;

struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

// cmark-gfm keeps the special characters of extensions in a global table while it parses: one thread at a time.
Tree parse(std::string_view text) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_VALIDATE_UTF8));
    for (const char* name : {"table", "strikethrough", "autolink"}) {
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    }
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return Tree(cmark_parser_finish(parser.get()));
}

// Parents before what is in them.
std::vector<cmark_node*> nodes_of(cmark_node* root) {
    std::vector<cmark_node*> nodes;
    cmark_iter* iterator = cmark_iter_new(root);
    for (auto event = cmark_iter_next(iterator); event != CMARK_EVENT_DONE; event = cmark_iter_next(iterator)) {
        if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iterator));
    }
    cmark_iter_free(iterator);
    return nodes;
}

std::string_view type_of(cmark_node* node) { return cmark_node_get_type_string(node); }

std::string text_of(const char* text) { return text ? text : ""; }

enum class Address { refused, internal, external };

// Only these schemes; an address without one leads into this site.
Address judge(std::string_view url) {
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= ' ') return Address::refused;
    }
    if (starts_with(url, "//") || starts_with(url, "/\\") || starts_with(url, "\\")) return Address::refused;
    const auto colon = url.find(':');
    const auto path = url.find_first_of("/?#");
    if (colon == url.npos || path < colon) return url.empty() ? Address::refused : Address::internal;
    const std::string scheme = lower_ascii(url.substr(0, colon));
    if (scheme == "http" || scheme == "https") return Address::external;
    return scheme == "mailto" || scheme == "tel" ? Address::internal : Address::refused;
}

// Percent-encodes what may not stand in an address; what is encoded already stays.
std::string encoded(std::string_view url) {
    constexpr std::string_view allowed = "-._~:/?#@!$&()*+,;=%";
    std::string result;
    for (const char c : url) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || allowed.find(c) != allowed.npos)
            result += c;
        else
            result += fmt::format("%{:02X}", unsigned(static_cast<unsigned char>(c)));
    }
    return result;
}

cmark_node* new_inline(cmark_node_type type, const std::string& literal) {
    cmark_node* node = cmark_node_new(type);
    cmark_node_set_literal(node, literal.c_str());
    return node;
}

void put_before(cmark_node* place, cmark_node* node) {
    if (!cmark_node_insert_before(place, node)) cmark_node_free(node);
}

bool is_inside_link(cmark_node* node) {
    while ((node = cmark_node_parent(node))) {
        if (cmark_node_get_type(node) == CMARK_NODE_LINK) return true;
    }
    return false;
}

// A link, or a picture from elsewhere as a link to it: pictures would tell other servers who reads the page. The tags
// are ours; cmark-gfm cannot write rel and class. (They are HTML nodes, because a table cell takes no custom ones.)
void rewrite_link(cmark_node* node, const MarkdownOptions& options) {
    const std::string url = text_of(cmark_node_get_url(node));
    const Address address = is_inside_link(node) ? Address::refused : judge(url);
    if (address != Address::refused) {
        std::string begin = "<a href=\"" + escape_html(encoded(url)) + "\"";
        if (address == Address::external) begin += " class=\"external\"";
        if (options.by_public)
            begin += " rel=\"nofollow ugc noopener\"";
        else if (address == Address::external)
            begin += " rel=\"noopener\"";
        put_before(node, new_inline(CMARK_NODE_HTML_INLINE, begin + ">"));
    }
    while (cmark_node* child = cmark_node_first_child(node)) {
        if (!cmark_node_insert_before(node, child)) cmark_node_free(child);
    }
    if (address != Address::refused) put_before(node, new_inline(CMARK_NODE_HTML_INLINE, "</a>"));
    cmark_node_free(node);
}

// Types by name: those of extensions (table, strikethrough) have no constant.
bool is_allowed(std::string_view type) {
    static const std::set<std::string_view> allowed = {
        "document",       "block_quote", "list",      "item",         "code_block", "paragraph", "heading",
        "thematic_break", "text",        "softbreak", "linebreak",    "code",       "emph",      "strong",
        "strikethrough",  "table",       "table_row", "table_header", "table_cell"};
    return allowed.count(type) > 0;
}

// What is not allowed stands there as the letters that were typed.
void rewrite_as_text(cmark_node* node) {
    std::string typed = text_of(cmark_node_get_literal(node));
    if (type_of(node) == "html_block") {
        while (!typed.empty() && typed.back() == '\n') typed.pop_back();
        cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, new_inline(CMARK_NODE_TEXT, typed));
        put_before(node, paragraph);
    } else {
        put_before(node, new_inline(CMARK_NODE_TEXT, typed));
    }
    cmark_node_free(node);
}

void rewrite(cmark_node* node, const MarkdownOptions& options) {
    const std::string_view type = type_of(node);
    if (type == "link" || type == "image") {
        rewrite_link(node, options);
    } else if (type == "table") {
        // Alignment would become an attribute that HTML no longer has.
        // In place: the library's own setter loses the memory of the old ones.
        std::fill_n(cmark_gfm_extensions_get_table_alignments(node), cmark_gfm_extensions_get_table_columns(node), 0);
    } else if (type == "code_block") {
        cmark_node_set_fence_info(node, "");
    } else if (!is_allowed(type)) {
        rewrite_as_text(node);
    }
}

// Headings follow each other without a gap, however people numbered them: the first is `first`, a deeper one goes down
// a single level, and none rises above the first (the page's own headings stand above it).
void order_headings(const std::vector<cmark_node*>& nodes, int first) {
    std::vector<int> open;  // levels as typed, each deeper than the one before
    for (cmark_node* node : nodes) {
        if (type_of(node) != "heading") continue;
        const int typed = cmark_node_get_heading_level(node);
        while (!open.empty() && open.back() >= typed) open.pop_back();
        open.push_back(typed);
        cmark_node_set_heading_level(node, std::min(first + int(open.size()) - 1, 6));
    }
}

bool begins_line(std::string_view type) {
    static const std::set<std::string_view> lines = {"paragraph", "heading",      "code_block", "html_block",
                                                     "table_row", "table_header", "linebreak"};
    return lines.count(type) > 0;
}

}  // namespace

SafeHtml markdown(std::string_view text, const MarkdownOptions& options) {
    if (text.size() > longest) return trusted("<p>" + escape_html(text) + "</p>\n");
    const Tree tree = parse(text);
    // From the inside out: what is rewritten later holds nothing that was not looked at.
    const auto nodes = nodes_of(tree.get());
    order_headings(nodes, options.first_heading);
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) rewrite(*node, options);
    // Who types into a form means the line breaks; who writes a file means the paragraphs.
    // "Unsafe" writes HTML nodes as they are: by now the only ones are the tags of links made above.
    const int flags = CMARK_OPT_UNSAFE | (options.by_public ? CMARK_OPT_HARDBREAKS : 0);
    const std::unique_ptr<char, decltype(&std::free)> html(cmark_render_html(tree.get(), flags, nullptr), &std::free);
    return trusted(html.get());
}

std::string markdown_to_text(std::string_view text) {
    if (text.size() > longest) return std::string(text);
    const Tree tree = parse(text);
    std::string result;
    for (cmark_node* node : nodes_of(tree.get())) {
        const std::string_view type = type_of(node);
        if (begins_line(type) && !result.empty() && result.back() != '\n') result += '\n';
        if (type == "table_cell" && !result.empty() && result.back() != '\n') result += ' ';
        if (type == "softbreak") result += ' ';
        if (const char* literal = cmark_node_get_literal(node)) result += literal;
    }
    return trimmed(result);
}

}  // namespace mitwirken::html
