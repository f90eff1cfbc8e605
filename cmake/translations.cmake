# mitwirken_translations(TARGET files [ROOT folder]): compiles all locale/<language>.po below ROOT (default: src, without
# tests) to one .mo per language in ${MITWIRKEN_LOCALE} (or OUT), and makes `files`, an earlier mitwirken_embed target of
# the same folder that embeds locale=<that folder>, depend on them. A text with two translations stops the build.
set(MITWIRKEN_LOCALE ${CMAKE_BINARY_DIR}/generated/locale)

function(mitwirken_translations)
  cmake_parse_arguments(T "" "TARGET;ROOT;OUT" "" ${ARGN})
  if(NOT T_OUT)
    set(T_OUT ${MITWIRKEN_LOCALE})
  endif()
  if(T_ROOT)
    file(GLOB_RECURSE catalogues CONFIGURE_DEPENDS ${T_ROOT}/*.po)
  else()
    file(GLOB_RECURSE catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.po)
    list(FILTER catalogues EXCLUDE REGEX "/tests/")
  endif()
  set(languages)
  foreach(path IN LISTS catalogues)
    get_filename_component(language ${path} NAME_WLE)
    list(APPEND languages ${language})
    list(APPEND files_${language} ${path})
  endforeach()
  if(languages)
    list(REMOVE_DUPLICATES languages)
  endif()
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${T_TARGET}.S)
  foreach(language IN LISTS languages)
    set(mo ${T_OUT}/${language}.mo)
    add_custom_command(
      OUTPUT ${mo}
      COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/po.py merge --language ${language} --out ${mo} ${files_${language}}
      DEPENDS ${files_${language}} ${CMAKE_SOURCE_DIR}/tools/po.py ${CMAKE_SOURCE_DIR}/tools/template_syntax.py
      COMMENT "Translations: ${language}"
      VERBATIM)
    add_custom_command(OUTPUT ${embedded} APPEND DEPENDS ${mo})
    set_property(SOURCE ${embedded} APPEND PROPERTY OBJECT_DEPENDS ${mo})
  endforeach()
  file(MAKE_DIRECTORY ${T_OUT})
endfunction()
