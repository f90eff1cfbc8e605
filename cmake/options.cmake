# Language, warnings and the small things that make a build quick: ccache, mold, a shared precompiled header.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

option(MITWIRKEN_WERROR "Warnings are errors" OFF)
option(MITWIRKEN_SANITIZE "address, thread or empty" "")

add_compile_options(-Wall -Wextra -Wshadow -Wno-missing-field-initializers)
if(MITWIRKEN_WERROR)
  add_compile_options(-Werror)
endif()
if(MITWIRKEN_SANITIZE)
  add_compile_options(-fsanitize=${MITWIRKEN_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MITWIRKEN_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
  # ccache can only keep units that use a precompiled header when these are said.
  add_compile_options(-fpch-preprocess)
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

include_directories(${CMAKE_SOURCE_DIR}/src)

set(MITWIRKEN_WEB ${CMAKE_SOURCE_DIR}/build/web CACHE PATH "Styles, scripts and fonts made by node web/build.mjs")
