// Rules of platform/crypto.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <thread>
#include <vector>

#include "platform/crypto/crypto.h"

using namespace mitwirken;

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        crypto::init();
        path = std::filesystem::temp_directory_path() / ("mitwirken-crypto-" + crypto::random_token());
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

crypto::Key key_of(unsigned char byte) {
    crypto::Key key;
    key.fill(byte);
    return key;
}

// Of the processor, so that a busy machine does not matter.
double seconds(const std::function<void()>& work) {
    const auto begin = std::clock();
    work();
    return double(std::clock() - begin) / CLOCKS_PER_SEC;
}

// RFC 6238 appendix B: the secret "12345678901234567890" in base32.
const std::string rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

}  // namespace

TEST_CASE("tokens are 43 letters of base64url and never repeat") {
    crypto::init();
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto token = crypto::random_token();
        CHECK(token.size() == 43);
        CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
              std::string::npos);
        seen.insert(token);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("passwords for people to type hold no letters that look alike") {
    crypto::init();
    const auto password = crypto::random_password(2000);
    CHECK(password.size() == 2000);
    CHECK(password.find_first_of("0O1Ilio") == std::string::npos);
    CHECK(crypto::random_password().size() == 16);
}

TEST_CASE("a password hash says its Argon2id parameters and verifies only its password") {
    crypto::init();
    const auto hash = crypto::hash_password("Blaue Donau 12");
    CHECK(hash.rfind("$argon2id$v=19$m=65536,t=2,p=1$", 0) == 0);
    CHECK(crypto::verify_password(hash, "Blaue Donau 12"));
    CHECK_FALSE(crypto::verify_password(hash, "blaue Donau 12"));
    CHECK_FALSE(crypto::verify_password(hash, ""));
    CHECK(crypto::hash_password("Blaue Donau 12") != hash);
}

TEST_CASE("what is no hash verifies nothing") {
    crypto::init();
    CHECK_FALSE(crypto::verify_password("", "x"));
    CHECK_FALSE(crypto::verify_password("$argon2id$v=19$m=65536", "x"));
    CHECK_FALSE(crypto::verify_password(std::string(4000, '$'), "x"));
}

TEST_CASE("an address without an account costs as much time as a wrong password") {
    crypto::init();
    const auto hash = crypto::hash_password("a");
    const double real = seconds([&] { CHECK_FALSE(crypto::verify_password(hash, "b")); });
    const double none = seconds([] { crypto::verify_nothing("b"); });
    CHECK(none > real / 4);
    CHECK(none < real * 4);
}

TEST_CASE("many sign-ins at once share the slots and all get their answer") {
    crypto::init();
    std::atomic<int> done = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < 6; ++i)
        people.emplace_back([&] {
            crypto::verify_nothing("x");
            ++done;
        });
    for (auto& person : people) person.join();
    CHECK(done == 6);
}

TEST_CASE("SHA-256 agrees with FIPS 180-2 in one piece and in several") {
    CHECK(crypto::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    crypto::Sha256 pieces;
    pieces.add("a");
    pieces.add("");
    pieces.add("bc");
    CHECK(pieces.hex() == crypto::sha256_hex("abc"));
}

TEST_CASE("a token is stored as a hash that does not show it") {
    const auto hash = crypto::token_hash("token");
    CHECK(hash.size() == 43);
    CHECK(hash == crypto::token_hash("token"));
    CHECK(hash != crypto::token_hash("tokeN"));
    CHECK(hash.find("token") == std::string::npos);
}

TEST_CASE("a signature holds for one key, one purpose and one message") {
    const auto key = key_of(1);
    const auto signature = crypto::sign(key, "unsubscribe", "person 7");
    CHECK(crypto::verify(key, "unsubscribe", "person 7", signature));
    CHECK_FALSE(crypto::verify(key, "unsubscribe", "person 8", signature));
    CHECK_FALSE(crypto::verify(key, "unsubscrib", "eperson 7", signature));
    CHECK_FALSE(crypto::verify(key_of(2), "unsubscribe", "person 7", signature));
    CHECK_FALSE(crypto::verify(key, "unsubscribe", "person 7", signature + "A"));
    CHECK_FALSE(crypto::verify(key, "unsubscribe", "person 7", ""));
}

TEST_CASE("a sealed text opens with its key only, and any changed letter closes it for good") {
    const auto key = key_of(1);
    const auto sealed = crypto::seal(key, "JBSWY3DPEHPK3PXP");
    CHECK(crypto::open(key, sealed) == "JBSWY3DPEHPK3PXP");
    CHECK(crypto::open(key, crypto::seal(key, "")) == "");
    CHECK(sealed != crypto::seal(key, "JBSWY3DPEHPK3PXP"));
    CHECK_FALSE(crypto::open(key_of(2), sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(crypto::open(key, changed));
    }
    CHECK_FALSE(crypto::open(key, sealed.substr(0, sealed.size() - 4)));
    CHECK_FALSE(crypto::open(key, ""));
    CHECK_FALSE(crypto::open(key, "not base64url!"));
}

TEST_CASE("the key file is made once, for its owner only, and read again afterwards") {
    const Folder folder;
    const auto file = (folder.path / "key").string();
    const auto made = crypto::load_or_create_key(file);
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(crypto::load_or_create_key(file) == made);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("processes that start together get the same key") {
    const Folder folder;
    const auto file = (folder.path / "key").string();
    std::array<crypto::Key, 8> keys;
    std::vector<std::thread> starts;
    for (auto& key : keys) starts.emplace_back([&] { key = crypto::load_or_create_key(file); });
    for (auto& start : starts) start.join();
    for (const auto& key : keys) CHECK(key == keys[0]);
}

TEST_CASE("a damaged key file stops the start instead of being replaced") {
    const Folder folder;
    const auto file = (folder.path / "key").string();
    std::ofstream(file) << "half a key\n";
    CHECK_THROWS_AS(crypto::load_or_create_key(file), std::runtime_error);
    CHECK_THROWS_AS(crypto::load_or_create_key((folder.path / "no" / "folder").string()), std::runtime_error);
}

TEST_CASE("one-time passwords agree with RFC 6238 appendix B") {
    crypto::init();
    const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},         {1111111109, "081804"},
                                                            {1111111111, "050471"}, {1234567890, "005924"},
                                                            {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [time, code] : vectors) {
        CAPTURE(time);
        CHECK(crypto::check_totp(rfc_secret, code, time, 0) == time / 30);
    }
}

TEST_CASE("a one-time password is good for one step around now and is never taken twice") {
    crypto::init();
    CHECK(crypto::check_totp(rfc_secret, "005924", 1234567890 + 30, 0) == 1234567890 / 30);
    CHECK(crypto::check_totp(rfc_secret, "005 924", 1234567890 - 30, 0) == 1234567890 / 30);
    CHECK_FALSE(crypto::check_totp(rfc_secret, "005924", 1234567890 + 60, 0));
    CHECK_FALSE(crypto::check_totp(rfc_secret, "005924", 1234567890 - 60, 0));
    CHECK_FALSE(crypto::check_totp(rfc_secret, "005924", 1234567890, 1234567890 / 30));
    CHECK_FALSE(crypto::check_totp(rfc_secret, "005925", 1234567890, 0));
    CHECK_FALSE(crypto::check_totp(rfc_secret, "", 1234567890, 0));
    CHECK_FALSE(crypto::check_totp("not base 32 !", "005924", 1234567890, 0));
}

TEST_CASE("a new secret works with the address that apps read") {
    crypto::init();
    const auto secret = crypto::new_totp_secret();
    CHECK(secret.size() == 32);
    CHECK(secret != crypto::new_totp_secret());
    CHECK(crypto::totp_uri(secret, "anna@ulm.example", "Stadt Ulm") ==
          "otpauth://totp/Stadt%20Ulm:anna%40ulm.example?secret=" + secret +
              "&issuer=Stadt%20Ulm&algorithm=SHA1&digits=6&period=30");
}
