// Ending by one click, in the mail program (RFC 8058: a POST without cookie, authorised by the address alone) or by the
// button of the page that a person opens. Opening the page changes nothing: mail filters open links.
#include "following/templates.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"

namespace mitwirken::following {

namespace {

using core::Visit;

struct Ending {
    Reader reader;
    std::vector<Follow> follows;
    bool news = false;
};

// What the scope of the link names and is still there.
Ending ending_of(Visit& visit) {
    Ending ending{reader_of_link(visit, end_link), {}, false};
    const auto scope = scope_from(read_link(visit.parameter("token"))->scope);
    for (auto& follow : follows_of(visit.tx, ending.reader.id))
        if (scope.all || std::find(scope.follows.begin(), scope.follows.end(), follow.id) != scope.follows.end())
            ending.follows.push_back(std::move(follow));
    ending.news = scope.news;
    return ending;
}

http::Response show(Visit& visit, const Ending& ending, bool ended) {
    namespace t = tpl::end;
    html::Values page;
    const std::string title = ended ? visit.tr("It has ended") : visit.tr("End these mails?");
    page.set(t::HEAD, core::page_head(visit, {.title = title}));
    for (const auto& follow : ending.follows) {
        const auto named = name_of(visit, follow);
        page.add(t::ITEM).set(t::KIND, named.kind).set(t::NAME, named.name);
    }
    page.show_if(ending.news, t::NEWS);
    const bool nothing = ending.follows.empty() && !(ending.news && ending.reader.news);
    if (ended)
        page.show(t::ENDED);
    else if (nothing)
        page.show(t::NOTHING);
    else
        page.add(t::BUTTON).set(t::ACTION, visit.url(visit.path));
    page.set(t::OWN_URL, visit.url(link_to(visit, manage_link, ending.reader)));
    return visit.page({.title = title, .kind = "form", .index = false}, t::file, page);
}

}  // namespace

http::Response end_page(Visit& visit) { return show(visit, ending_of(visit), false); }

// Twice is as good as once: a mail program may send it again.
http::Response end(Visit& visit) {
    Ending ending = ending_of(visit);
    for (const auto& follow : ending.follows) end_follow(visit.tx, follow.id);
    if (ending.news) {
        ending.reader.news = false;
        save_reader(visit.tx, ending.reader);
        drop_news(visit.tx, ending.reader.id);
    }
    return show(visit, ending, true);
}

}  // namespace mitwirken::following
