# mitwirken_modules(toolbox offers …): one library per folder of src/modules and the one array of their manifests.
function(mitwirken_modules)
  set(declarations)
  set(calls)
  foreach(name IN LISTS ARGN)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
    add_library(module_${name} STATIC ${sources})
    target_link_libraries(module_${name} PUBLIC core)
    mitwirken_template_names(module_${name} ${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name}/templates)
    target_precompile_headers(module_${name} REUSE_FROM core)
    string(APPEND declarations "namespace mitwirken::${name} { core::Manifest manifest(); }\n")
    string(APPEND calls "        ${name}::manifest(),\n")
    target_link_libraries(modules INTERFACE module_${name})
  endforeach()
  set_property(GLOBAL PROPERTY MITWIRKEN_MODULES "${ARGN}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/all_modules.cpp @ONLY CONTENT
"// Generated from src/modules/CMakeLists.txt.
#include \"core/manifest.h\"

@declarations@
namespace mitwirken::core {
std::vector<Manifest> all_manifests() {
    return {
@calls@    };
}
}  // namespace mitwirken::core
")
endfunction()

# Constants for the names used in templates: <generated>/<name>/templates.h, see tools/template_names.py.
function(mitwirken_template_names target name folder)
  set(out ${CMAKE_BINARY_DIR}/generated/${name}/templates.h)
  file(GLOB_RECURSE templates CONFIGURE_DEPENDS ${folder}/*.html ${folder}/*.txt ${folder}/*.xml)
  add_custom_command(
    OUTPUT ${out}
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/template_names.py --module ${name} --folder ${folder} --out ${out}
    DEPENDS ${templates} ${CMAKE_SOURCE_DIR}/tools/template_names.py
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/generated)
endfunction()
