# The engine as an exercise. The libraries are collections of objects, one a source. A program is linked from an explicit
# list of them, in which a file of work/engine/ takes the place of ours with the same path: our object is not linked.
set(HOURGLASS_MINE "" CACHE STRING "the sources that are a student's, such as tensor/reduce.cpp;nn/adam.cpp")

foreach(suffix "" _f64)  # what a program needs besides objects
  add_library(uses${suffix} INTERFACE)
  target_include_directories(uses${suffix} INTERFACE ${HOURGLASS_HEADERS} ${PROJECT_SOURCE_DIR})
  target_link_libraries(uses${suffix} INTERFACE ${HOURGLASS_NEEDS} ${HOURGLASS_KIT_NEEDS})
endforeach()
target_compile_definitions(uses_f64 INTERFACE HOURGLASS_DOUBLE)

# our_objects(OUT LIBRARY): the objects of a library, without those of HOURGLASS_MINE.
function(our_objects out library)
  set(objects $<TARGET_OBJECTS:${library}>)
  foreach(source ${HOURGLASS_MINE})
    set(objects $<FILTER:${objects},EXCLUDE,/${source}.o$>)
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

# student_objects(OUT SUFFIX SOURCE...): those of the sources, each compiled with the flags of ours, but for its warnings.
function(student_objects out suffix)
  set(objects)
  foreach(source ${ARGN})
    string(REPLACE / _ target mine_${source}${suffix})
    if(NOT TARGET ${target})
      add_library(${target} OBJECT EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/work/engine/${source})
      target_link_libraries(${target} PRIVATE uses${suffix})
      target_include_directories(${target} SYSTEM PRIVATE ${CBLAS_INCLUDE})
      target_compile_definitions(${target} PRIVATE HOURGLASS_DATA="${PROJECT_SOURCE_DIR}/data")
      get_source_file_property(own ${PROJECT_SOURCE_DIR}/${source} COMPILE_OPTIONS)
      if(own)
        target_compile_options(${target} PRIVATE ${own})
      endif()
    endif()
    list(APPEND objects $<TARGET_OBJECTS:${target}>)
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

# hourglass_objects(PROGRAM LIBRARY): the program from our objects and the student's. Called by hourglass_program.
function(hourglass_objects program library)
  set(suffix "")
  if(library MATCHES _f64$)
    set(suffix _f64)
  endif()
  set(sources ${HOURGLASS_MINE})
  if(library MATCHES "^hourglass(_f64)?$")
    list(FILTER sources EXCLUDE REGEX ^data/)  # it needs the kit
  else()
    our_objects(kit hourglass_kit${suffix})
    target_sources(${program} PRIVATE ${kit})
  endif()
  if(suffix)
    list(FILTER sources EXCLUDE REGEX ^data/)  # it is in the float build alone
  endif()
  our_objects(engine hourglass${suffix})
  student_objects(mine "${suffix}" ${sources})
  target_sources(${program} PRIVATE ${engine} ${mine})
  if(library STREQUAL playground)
    target_sources(${program} PRIVATE $<TARGET_OBJECTS:playground>)
  endif()
  target_link_libraries(${program} PRIVATE uses${suffix} warnings)
endfunction()

# check_objects(): the objects that the tests of a piece are linked with, in the lists checks.txt (float) and
# checks_f64.txt: the engine, the models, files and data sets.
function(check_objects)
  foreach(suffix "" _f64)
    set(objects $<TARGET_OBJECTS:hourglass${suffix}> $<FILTER:$<TARGET_OBJECTS:hourglass_kit${suffix}>,INCLUDE,/\(io|data\)/>)
    file(GENERATE OUTPUT checks${suffix}.txt CONTENT "$<JOIN:${objects},\n>\n")
  endforeach()
endfunction()
