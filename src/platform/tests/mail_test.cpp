// Rules of platform/mail, against a real SMTP server (tests/data/smtp_server.py) with STARTTLS and a certificate of its
// own; what arrives there is what is checked.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "platform/base/embedded.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/mail/mail.h"

using namespace mitwirken;
namespace fs = std::filesystem;

extern char** environ;

namespace {

const Timestamp now = *parse_instant("2026-11-23T08:49:57Z");

bool contains(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

struct Folder {
    fs::path path;
    Folder() {
        crypto::init();
        path = fs::temp_directory_path() / ("mitwirken-mail-" + crypto::random_token());
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
};

struct Certificate {
    Folder folder;
    std::string file = (folder.path / "cert.pem").string(), key = (folder.path / "key.pem").string();
    Certificate() {
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
            "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
            key + " -out " + file + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
};

const Certificate& certificate() {
    static const Certificate made;
    return made;
}

class Server {
public:
    explicit Server(std::vector<std::string> words = {}) {
        int in[2], out[2];
        REQUIRE((::pipe(in) == 0 && ::pipe(out) == 0));
        std::vector<std::string> arguments = {"/usr/bin/python3", "-c",
                                              std::string(find_embedded("test/smtp_server.py")->content),
                                              certificate().file, certificate().key};
        arguments.insert(arguments.end(), words.begin(), words.end());
        std::vector<char*> argv;
        for (auto& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        for (const int end : {in[0], in[1], out[0], out[1]}) posix_spawn_file_actions_addclose(&actions, end);
        REQUIRE(::posix_spawn(&process_, argv[0], &actions, nullptr, argv.data(), environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        hold_ = in[1];
        said_ = ::fdopen(out[0], "r");
        port_ = line();
    }
    ~Server() {
        ::close(hold_);
        std::fclose(said_);
        ::waitpid(process_, nullptr, 0);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    mail::Options options() const {
        mail::Options made;
        made.smtp_url = "smtp://localhost:" + port_;
        made.ca_file = certificate().file;
        made.from = "Stadt Münster mitWIRken <mitwirken@muenster.example>";
        made.timeout_seconds = 5;
        return made;
    }
    // The next mail that arrived; its text in "message".
    nlohmann::json arrived() {
        auto mail = nlohmann::json::parse(line());
        const std::string command = "printf %s '" + mail["data"].get<std::string>() + "' | base64 -d";
        std::string message;
        FILE* pipe = ::popen(command.c_str(), "r");
        char part[4096];
        for (std::size_t n; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) message.append(part, n);
        ::pclose(pipe);
        mail["message"] = message;
        return mail;
    }

private:
    std::string line() {
        char* text = nullptr;
        std::size_t size = 0;
        const auto n = ::getline(&text, &size, said_);
        std::string result = n > 0 ? trimmed(std::string_view(text, std::size_t(n))) : "";
        std::free(text);
        return result;
    }
    pid_t process_ = 0;
    int hold_ = -1;
    FILE* said_ = nullptr;
    std::string port_;
};

Server& server() {
    static Server with_tls;
    return with_tls;
}

mail::Mail sample() {
    mail::Mail mail;
    mail.to = "anna@ulm.example";
    mail.subject = "Ihre Idee „Grüne Höfe“ für die Straßen rund um den Übergang am Größenwahnplatz wurde beantwortet 😀";
    mail.text = "Guten Tag,\n\nÄpfel & Öl.\n.\n..ein Punkt am Anfang\n" + std::string(1500, 'x') + "\n";
    mail.html = "<p>Guten Tag, <b>Äpfel &amp; Öl</b></p>";
    return mail;
}

std::string error_of(mail::Sender& sender, const mail::Mail& mail) {
    try {
        sender.send(mail, now);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

// A mail as a mail program shows it, by Python's own reader: an independent look at the bytes.
nlohmann::json shown(const std::string& message) {
    const Folder folder;
    const auto file = (folder.path / "mail").string();
    std::ofstream(file, std::ios::binary) << message;
    const std::string command =
        "/usr/bin/python3 -c \"import email,json,sys,email.policy as p\n"
        "m=email.message_from_bytes(open(sys.argv[1],'rb').read(),policy=p.default)\n"
        "print(json.dumps({'headers':[[k,str(v)] for k,v in m.items()],'type':m.get_content_type(),"
        "'parts':[[q.get_content_type(),q.get_content()] for q in m.walk() if not q.is_multipart()]}))\" " +
        file;
    std::string text;
    FILE* pipe = ::popen(command.c_str(), "r");
    char part[4096];
    for (std::size_t n; (n = std::fread(part, 1, sizeof part, pipe)) > 0;) text.append(part, n);
    ::pclose(pipe);
    auto seen = nlohmann::json::parse(text);
    for (auto& one : seen["parts"]) one[1] = clean(one[1].get<std::string>());  // CR LF travels, LF is what was written
    return seen;
}

std::string header(const nlohmann::json& mail, const std::string& name) {
    std::string found;
    for (const auto& pair : mail["headers"])
        if (pair[0] == name) found += pair[1].get<std::string>();
    return found;
}

}  // namespace

TEST_CASE("an address is one that can be delivered to, and nothing else") {
    for (const char* good : {"anna@ulm.example", "a.b+c_d@x-y.de", "o'neil@stadt.bonn.de", "x@xn--mnchen-3ya.de"}) {
        CAPTURE(good);
        CHECK(mail::is_address(good));
    }
    for (const std::string& bad : {std::string(""),
                                   std::string("anna"),
                                   std::string("anna@"),
                                   std::string("@ulm.de"),
                                   std::string("anna@ulm"),
                                   std::string("Anna <anna@ulm.de>"),
                                   std::string("anna@ulm.de, bert@ulm.de"),
                                   std::string("anna@ulm.de\n"),
                                   std::string("anna@ulm.de\r\nBcc: x@y.de"),
                                   std::string("anna @ulm.de"),
                                   std::string("a..b@ulm.de"),
                                   std::string(".a@ulm.de"),
                                   std::string("anna@-ulm.de"),
                                   std::string("anna@ulm..de"),
                                   std::string("a@b@ulm.de"),
                                   std::string("anna@127.0.0.1"),
                                   std::string("änna@ulm.de"),
                                   std::string("anna@ulm.d"),
                                   std::string("anna@ulm.de\0", 12),
                                   std::string(250, 'a') + "@ulm.de",
                                   std::string(65, 'a') + "@ulm.de"}) {
        CAPTURE(bad);
        CHECK_FALSE(mail::is_address(bad));
    }
}

TEST_CASE("a mail arrives over TLS with text, HTML and umlauts as they were written") {
    const auto sender = mail::make_sender(server().options());
    auto mail = sample();
    mail.reply_to = "rathaus@muenster.example";
    mail.message_id = "idee-7@muenster.example";
    sender->send(mail, now);
    const auto arrived = server().arrived();
    CHECK(arrived["tls"] == true);
    CHECK(arrived["from"] == "mitwirken@muenster.example");
    CHECK(arrived["to"] == nlohmann::json{"anna@ulm.example"});
    CHECK(arrived["hello"] == "muenster.example");
    const auto bytes = arrived["message"].get<std::string>();
    for (std::size_t at = bytes.find('\n'); at != std::string::npos; at = bytes.find('\n', at + 1))
        REQUIRE((at > 0 && bytes[at - 1] == '\r'));
    for (const auto& line : split(bytes, '\n')) CHECK(line.size() <= 80);
    for (const char c : bytes) REQUIRE((c & 0x80) == 0);
    const auto seen = shown(bytes);
    CHECK(header(seen, "Subject") == mail.subject);
    CHECK(header(seen, "From") == "Stadt Münster mitWIRken <mitwirken@muenster.example>");
    CHECK(header(seen, "To") == "anna@ulm.example");
    CHECK(header(seen, "Reply-To") == "rathaus@muenster.example");
    CHECK(header(seen, "Date") == "Mon, 23 Nov 2026 08:49:57 +0000");
    CHECK(header(seen, "Message-ID") == "<idee-7@muenster.example>");
    CHECK(header(seen, "Auto-Submitted") == "auto-generated");
    CHECK(header(seen, "List-Unsubscribe") == "");
    CHECK(seen["type"] == "multipart/alternative");
    REQUIRE(seen["parts"].size() == 2);
    CHECK(seen["parts"][0] == nlohmann::json{"text/plain", mail.text});
    CHECK(trimmed(seen["parts"][1][1].get<std::string>()) == mail.html);
    CHECK(seen["parts"][1][0] == "text/html");
}

TEST_CASE("one click is enough to unsubscribe (RFC 8058), however long the link is") {
    const auto sender = mail::make_sender(server().options());
    auto mail = sample();
    mail.html = "";
    mail.list_unsubscribe = "https://muenster.example/abbestellen?t=" + std::string(300, 'a') + "&n=1,2;3";
    sender->send(mail, now);
    const auto bytes = server().arrived()["message"].get<std::string>();
    CHECK(contains(bytes, "\r\nList-Unsubscribe: <" + mail.list_unsubscribe + ">\r\n"));
    CHECK(contains(bytes, "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    CHECK(shown(bytes)["type"] == "text/plain");
}

TEST_CASE("every mail has a message id of its own in the sender's domain") {
    const auto sender = mail::make_sender(server().options());
    std::vector<std::string> ids;
    for (int i = 0; i < 2; ++i) {
        sender->send(sample(), now);
        ids.push_back(header(shown(server().arrived()["message"].get<std::string>()), "Message-ID"));
    }
    CHECK(ids[0] != ids[1]);
    CHECK(contains(ids[0], "@muenster.example>"));
}

TEST_CASE("a server that puts off or refuses says why, without the person's address, and the next mail goes out") {
    const auto sender = mail::make_sender(server().options());
    auto mail = sample();
    mail.to = "later@ulm.example";
    const auto put_off = error_of(*sender, mail);
    CAPTURE(put_off);
    CHECK(contains(put_off, "451 4.3.2 Please try again later"));
    mail.to = "never@ulm.example";
    const auto refused = error_of(*sender, mail);
    CAPTURE(refused);
    CHECK(contains(refused, "550 5.1.1 <(recipient)> is unknown here"));
    CHECK_FALSE(contains(refused, "never@"));
    sender->send(sample(), now);
    CHECK(server().arrived()["to"] == nlohmann::json{"anna@ulm.example"});
}

TEST_CASE("nothing is sent without TLS unless that is allowed") {
    Server plain({"notls"});
    auto options = plain.options();
    CHECK(error_of(*mail::make_sender(options), sample()) != "");
    options.require_tls = false;
    CHECK(error_of(*mail::make_sender(options), sample()) == "");
    CHECK(plain.arrived()["tls"] == false);
}

TEST_CASE("a certificate nobody vouches for, or of another name, is refused") {
    auto options = server().options();
    options.ca_file = "";
    CHECK(contains(error_of(*mail::make_sender(options), sample()), "certificate"));
    options = server().options();
    options.smtp_url = "smtp://127.0.0.1" + options.smtp_url.substr(options.smtp_url.rfind(':'));
    CHECK(error_of(*mail::make_sender(options), sample()) != "");
    options.ca_file = "";
    options.require_tls = false;  // better than plain text
    CHECK(error_of(*mail::make_sender(options), sample()) == "");
    CHECK(server().arrived()["tls"] == true);
}

TEST_CASE("the sender signs in, and a wrong password is told") {
    Server strict({"auth"});
    auto options = strict.options();
    options.user = "mit";
    options.password = "geheim";
    CHECK(error_of(*mail::make_sender(options), sample()) == "");
    CHECK(strict.arrived()["signed_in"] == true);
    options.password = "falsch";
    const auto error = error_of(*mail::make_sender(options), sample());
    CHECK(contains(error, "535"));
    CHECK_FALSE(contains(error, "falsch"));
}

TEST_CASE("no value can add a header or a recipient") {
    const Folder folder;
    auto options = server().options();
    options.smtp_url = "";
    options.outbox_folder = folder.path.string();
    const auto sender = mail::make_sender(options);
    const std::string bad = "x\r\nBcc: spy@evil.example";
    std::vector<mail::Mail> attempts(9, sample());
    attempts[0].subject = bad;
    attempts[1].subject = "x\nBcc: spy@evil.example";
    attempts[2].to = "anna@ulm.example, spy@evil.example";
    attempts[3].to = "anna@ulm.example\r\nRCPT TO:<spy@evil.example>";
    attempts[4].reply_to = "a@b.example\nBcc: spy@evil.example";
    attempts[5].message_id = "a@b>\r\nBcc: spy@evil.example";
    attempts[6].list_unsubscribe = "https://x.example/>\r\nBcc: spy@evil.example";
    attempts[7].list_unsubscribe = "javascript:alert(1)";
    attempts[8].to = "Anna <anna@ulm.example>";
    for (const auto& attempt : attempts) CHECK_THROWS_AS(sender->send(attempt, now), std::invalid_argument);
    CHECK(mail::outbox(options.outbox_folder, 10).empty());
}

TEST_CASE("what looks like a header inside a subject or text stays text") {
    const auto sender = mail::make_sender(server().options());
    auto mail = sample();
    mail.subject = "=?utf-8?q?x=0d=0aBcc:_spy=40evil.example?= Bcc: spy@evil.example";
    mail.text = "Bcc: spy@evil.example\n.\nRCPT TO:<spy@evil.example>\n";
    sender->send(mail, now);
    const auto arrived = server().arrived();
    CHECK(arrived["to"].size() == 1);
    const auto seen = shown(arrived["message"].get<std::string>());
    CHECK(header(seen, "Bcc") == "");
    CHECK(seen["parts"][0][1] == mail.text);
}

TEST_CASE("settings that make no sense stop the start") {
    auto options = server().options();
    for (const char* from : {"", "no address", "a@b.de, c@d.de", "x\r\nBcc: <a@b.de>"}) {
        options.from = from;
        CHECK_THROWS(mail::make_sender(options));
    }
    options = server().options();
    options.smtp_url = "http://localhost";
    CHECK_THROWS(mail::make_sender(options));
    options.smtp_url = "";
    CHECK_THROWS(mail::make_sender(options));
}

TEST_CASE("a server that is not there or says nothing does not hold us up") {
    auto options = server().options();
    options.smtp_url = "smtp://127.0.0.1:1";
    CHECK(error_of(*mail::make_sender(options), sample()) != "");
    const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(silent, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(silent, 1) == 0);
    ::getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size);
    options.smtp_url = "smtp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    options.timeout_seconds = 1;
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_of(*mail::make_sender(options), sample()) != "");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
    ::close(silent);
}

TEST_CASE("without a server mails lie in the outbox, newest first, and can be read") {
    const Folder folder;
    auto options = server().options();
    options.smtp_url = "";
    options.outbox_folder = (folder.path / "outbox").string();
    const auto sender = mail::make_sender(options);
    auto mail = sample();
    sender->send(mail, now);
    mail.to = "bert@bonn.example";
    mail.subject = "Zweite";
    sender->send(mail, now + std::chrono::milliseconds(1250));
    const auto entries = mail::outbox(options.outbox_folder, 10);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].to == "bert@bonn.example");
    CHECK(entries[0].at == now + std::chrono::milliseconds(1250));
    CHECK(entries[1].subject == sample().subject);
    CHECK(mail::outbox(options.outbox_folder, 1).size() == 1);
    const auto one = mail::read_outbox(options.outbox_folder, entries[1].name);
    REQUIRE(one);
    CHECK(one->head.to == "anna@ulm.example");
    CHECK(one->text == mail.text);
    CHECK(trimmed(one->html) == mail.html);
    CHECK(std::distance(fs::directory_iterator(options.outbox_folder), {}) == 2);
    const auto bytes = (options.outbox_folder + "/" + entries[1].name);
    std::ifstream in(bytes, std::ios::binary);
    CHECK(header(shown({std::istreambuf_iterator<char>(in), {}}), "Subject") == sample().subject);
}

TEST_CASE("no name leads out of the outbox folder, and a folder that is not there is empty") {
    const Folder folder;
    std::ofstream(folder.path / "secret.eml") << "Subject: x\n\nx";
    const auto outbox = (folder.path / "outbox").string();
    fs::create_directories(outbox);
    CHECK_FALSE(mail::read_outbox(outbox, "../secret.eml"));
    CHECK_FALSE(mail::read_outbox(outbox, "2026-11-23T084957.000Z-../secret.eml"));
    CHECK_FALSE(mail::read_outbox(outbox, "2026-11-23T084957.000Z-abcdefghijkl.eml"));
    CHECK_FALSE(mail::read_outbox(outbox, ""));
    CHECK(mail::outbox((folder.path / "none").string(), 5).empty());
    std::ofstream(outbox + "/notes.txt") << "x";
    CHECK(mail::outbox(outbox, 5).empty());
}

TEST_CASE("a hundred mails use one connection and all arrive") {
    const auto sender = mail::make_sender(server().options());
    const auto begin = std::chrono::steady_clock::now();
    nlohmann::json peer;
    for (int i = 0; i < 100; ++i) {
        sender->send(sample(), now);
        const auto arrived = server().arrived();
        if (i == 0) peer = arrived["peer"];
        CHECK(arrived["peer"] == peer);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    MESSAGE("100 mails took ", seconds, " s");
}

TEST_CASE("a server that has hung up meanwhile is called again") {
    Server impatient({"impatient"});
    const auto sender = mail::make_sender(impatient.options());
    sender->send(sample(), now);
    const auto first = impatient.arrived();
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
    sender->send(sample(), now);
    CHECK(impatient.arrived()["peer"] != first["peer"]);
}
