# mitwirken_embed(TARGET name DIRS logical=folder …): puts the files of the folders into the object library `name`.
function(mitwirken_embed)
  cmake_parse_arguments(E "" "TARGET" "DIRS" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${E_TARGET})
  set(inputs)
  foreach(entry IN LISTS E_DIRS)
    string(REGEX REPLACE "^[^=]*=" "" folder ${entry})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*)
    list(APPEND inputs ${found})
  endforeach()
  add_custom_command(
    OUTPUT ${out}.S ${out}.cpp
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed.py --out ${out} ${E_DIRS}
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/tools/embed.py
    COMMENT "Embedding files"
    VERBATIM)
  add_library(${E_TARGET} STATIC ${out}.S ${out}.cpp)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS "${inputs}")
endfunction()
