# The system libraries, each used by one folder of platform/ only.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS locale)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(date REQUIRED)
foreach(name IN ITEMS
    libctemplate:CTEMPLATE libsodium:SODIUM libcurl:CURL cjose:CJOSE vips:VIPS libmagic:MAGIC gmime-3.0:GMIME icu-uc:ICU icu-i18n:ICUI
    libxml-2.0:XML2 libical:ICAL libqrencode:QRENCODE cotp:COTP sqlite3:SQLITE libpq:PQ geos:GEOS proj:PROJ cairo:CAIRO
    libbrotlienc:BROTLI libbrotlidec:BROTLIDEC zlib:ZLIB libzip:ZIP xlsxwriter:XLSXWRITER)
  string(REPLACE ":" ";" pair ${name})
  list(GET pair 0 package)
  list(GET pair 1 prefix)
  pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET ${package})
endforeach()
find_library(CMARK_GFM cmark-gfm REQUIRED)
find_library(CMARK_GFM_EXTENSIONS cmark-gfm-extensions REQUIRED)
find_library(STEMMER stemmer REQUIRED)
find_path(DOCTEST_INCLUDE doctest/doctest.h)
