# How the folders become libraries, lessons and tests. Each library is built twice from the same sources: NAME with
# Scalar = float and NAME_f64 with Scalar = double (tensor/scalar.h).

set(BLA_VENDOR OpenBLAS)  # tensor/blas.cpp reads its kernels and sets its threads
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
find_path(CBLAS_INCLUDE cblas.h PATH_SUFFIXES openblas openblas-pthread REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_package(JPEG REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_path(STB_INCLUDE stb_image.h PATH_SUFFIXES stb REQUIRED)
find_path(LIBLINEAR_INCLUDE linear.h PATH_SUFFIXES liblinear REQUIRED)
find_library(LIBLINEAR linear REQUIRED)
find_file(CHART_JS chart.min.js PATHS /usr/share/javascript/chart.js REQUIRED)

# What the engine is linked with, and what the kit is besides.
set(HOURGLASS_NEEDS LAPACK::LAPACK BLAS::BLAS Threads::Threads)
set(HOURGLASS_KIT_NEEDS fmt::fmt nlohmann_json::nlohmann_json CLI11::CLI11 ZLIB::ZLIB BZip2::BZip2 LibLZMA::LibLZMA
    JPEG::JPEG ${LIBLINEAR})

# What every source is compiled with.
add_library(warnings INTERFACE)
target_compile_options(warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Werror
                       -ffile-prefix-map=${HOURGLASS_HEADERS}/hourglass=${PROJECT_SOURCE_DIR}
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 warns wrongly of "a" + std::string (its bug 105651)

# Archives; in the preset `mine` objects, from which cmake/mine.cmake links with a student's files in place of ours.
set(HOURGLASS_KIND STATIC)
if(HOURGLASS_MINE_ALLOWED)
  set(HOURGLASS_KIND OBJECT)
endif()

# hourglass_program(NAME LIBRARY): the program is linked with hourglass_kit, say, and what that needs.
function(hourglass_program name library)
  if(HOURGLASS_MINE_ALLOWED)
    hourglass_objects(${name} ${library})
  else()
    target_link_libraries(${name} PRIVATE ${library})
  endif()
endfunction()

# hourglass_library(NAME FOLDER... [FLOAT FOLDER...]): NAME and NAME_f64 from all sources in the folders; those behind
# FLOAT only in NAME.
function(hourglass_library name)
  cmake_parse_arguments(PARSE_ARGV 1 only "" "" FLOAT)
  foreach(suffix "" _f64)
    set(sources)
    set(folders ${only_UNPARSED_ARGUMENTS})
    if(NOT suffix)
      list(APPEND folders ${only_FLOAT})
    endif()
    foreach(folder ${folders})
      file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
      list(APPEND sources ${found})
    endforeach()
    add_library(${name}${suffix} ${HOURGLASS_KIND} ${sources})
    # the warnings apply to this build alone, the include folder to every user
    target_link_libraries(${name}${suffix} PUBLIC $<BUILD_INTERFACE:warnings>)
    target_include_directories(${name}${suffix} PUBLIC $<BUILD_INTERFACE:${HOURGLASS_HEADERS}>
                               $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include>)
    target_compile_features(${name}${suffix} PUBLIC cxx_std_20)
    if(suffix)
      target_compile_definitions(${name}${suffix} PUBLIC HOURGLASS_DOUBLE)
    endif()
    if(name STREQUAL hourglass)
      target_include_directories(${name}${suffix} SYSTEM PRIVATE ${CBLAS_INCLUDE})
      target_link_libraries(${name}${suffix} PUBLIC ${HOURGLASS_NEEDS})
    else()
      target_include_directories(${name}${suffix} SYSTEM PRIVATE ${STB_INCLUDE} ${LIBLINEAR_INCLUDE})
      target_compile_definitions(${name}${suffix} PRIVATE HOURGLASS_CHART_JS="${CHART_JS}"
                                 HOURGLASS_DATA="${PROJECT_SOURCE_DIR}/data" HOURGLASS_VERSION="${PROJECT_VERSION}")
      target_link_libraries(${name}${suffix} PUBLIC hourglass${suffix} ${HOURGLASS_KIT_NEEDS})
    endif()
  endforeach()
endfunction()

# Loops over numbers are written to be vectorised: one binary holds them for several generations of x86-64
# (tensor/simd.h). No -ffast-math: NaN and infinity keep their meaning.
file(GLOB kernels CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tensor/*.cpp)
foreach(optimizer adam rmsprop sgd)
  list(APPEND kernels ${PROJECT_SOURCE_DIR}/nn/${optimizer}.cpp)
endforeach()
list(APPEND kernels ${PROJECT_SOURCE_DIR}/lessons/19_from_loops_to_blas/lesson.cpp)
set_source_files_properties(${kernels} PROPERTIES COMPILE_OPTIONS
                            "$<$<CONFIG:Release,RelWithDebInfo>:-O3;-fno-math-errno;-fno-trapping-math>")

# One program a lesson: lessons/NN_name/lesson.cpp becomes the target NN_name, with measure.cpp where there is one.
function(hourglass_lessons folder)
  file(GLOB lessons CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*/lesson.cpp)
  foreach(source ${lessons})
    get_filename_component(place ${source} DIRECTORY)
    get_filename_component(name ${place} NAME)
    file(GLOB measuring CONFIGURE_DEPENDS ${place}/measure.cpp)
    add_executable(${name} ${source} ${measuring})
    hourglass_program(${name} hourglass_kit)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lessons)
  endforeach()
endfunction()

# Tests mirror the tree, file by file; all that link one build form one program: tests_f32, tests_f64.
# A folder tests/f64/... is compiled against the double build, the others against the float build.
function(hourglass_tests folder)
  find_package(doctest QUIET)
  if(NOT doctest_FOUND)
    message(STATUS "doctest is not installed: no tests are built")
    return()
  endif()
  foreach(build f32 f64)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/${build}/*.cpp
         ${PROJECT_SOURCE_DIR}/${folder}/main.cpp ${PROJECT_SOURCE_DIR}/lessons/common/exercise/expect.cpp)
    set(suffix "")
    if(build STREQUAL f64)
      set(suffix _f64)
    endif()
    add_executable(tests_${build} EXCLUDE_FROM_ALL ${sources})
    hourglass_program(tests_${build} hourglass_kit${suffix})
    target_link_libraries(tests_${build} PRIVATE doctest::doctest)
    set_target_properties(tests_${build} PROPERTIES UNITY_BUILD OFF)  # their helpers share names
    target_compile_definitions(tests_${build} PRIVATE HOURGLASS_SOURCE="${PROJECT_SOURCE_DIR}"
                               HOURGLASS_BINARY="${CMAKE_BINARY_DIR}")
  endforeach()
  foreach(build "" _f64)  # what gdb steps through
    add_executable(stepping${build} EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/${folder}/stepping.cpp)
    hourglass_program(stepping${build} hourglass${build})
  endforeach()
  add_executable(guest EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/${folder}/guest.cpp)  # tests/shell/guest.sh
  hourglass_program(guest hourglass)
  add_executable(hashes EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/${folder}/lab/hashes.cpp)  # tests/lab/compilers.sh
  hourglass_program(hashes hourglass)
endfunction()

# Fuzz targets, one a reader: tests/fuzz/NAME.cpp becomes fuzz_NAME in the preset fuzz (clang's libFuzzer).
function(hourglass_fuzz folder)
  if(NOT HOURGLASS_FUZZ)
    return()
  endif()
  # stb_image shifts negative numbers and the like, which is its affair; what it reads and writes is watched all the same
  set_source_files_properties(${PROJECT_SOURCE_DIR}/data/png.cpp ${PROJECT_SOURCE_DIR}/data/resize.cpp PROPERTIES
                              COMPILE_OPTIONS "-fno-sanitize=undefined;-fsanitize=bounds")
  file(GLOB targets CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  foreach(source ${targets})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(fuzz_${name} PRIVATE hourglass_kit)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    list(APPEND all fuzz_${name})
  endforeach()
  add_custom_target(fuzzers DEPENDS ${all})
endfunction()

# Networks as ONNX: a library and a program of their own, since they alone need protobuf; built where libonnx-dev is
# installed. And the program whose files tests/readers/ reads in PyTorch and onnxruntime.
function(hourglass_onnx folder)
  find_package(ONNX QUIET)
  find_package(Protobuf QUIET)
  if(NOT ONNX_FOUND OR NOT Protobuf_FOUND)
    return()
  endif()
  set(schema onnx_proto)  # ONNX 1.12's name, Debian 12's; later ones have a namespace
  if(TARGET ONNX::onnx_proto)
    set(schema ONNX::onnx_proto)
  endif()
  add_library(hourglass_onnx STATIC ${folder}/onnx.cpp)
  target_link_libraries(hourglass_onnx PUBLIC hourglass_kit PRIVATE ${schema} protobuf::libprotobuf)
  add_executable(export_onnx EXCLUDE_FROM_ALL tools/export_onnx.cpp)
  add_executable(exchange EXCLUDE_FROM_ALL tests/readers/exchange.cpp)
  foreach(program export_onnx exchange)
    target_link_libraries(${program} PRIVATE hourglass_onnx)
  endforeach()
endfunction()

# Training on many machines: a library of its own, since it alone needs MPI; built where MPI is installed. And the
# programs that need it: lesson 20 on real ranks, and what tests/mpi/ compares.
function(hourglass_mpi folder)
  find_package(MPI QUIET COMPONENTS CXX)
  if(NOT MPI_FOUND)
    return()
  endif()
  add_library(hourglass_mpi STATIC ${folder}/mpi.cpp)
  target_link_libraries(hourglass_mpi PUBLIC hourglass PRIVATE MPI::MPI_CXX)
  target_compile_definitions(hourglass_mpi PRIVATE OMPI_SKIP_MPICXX)  # the C interface is all that is needed
  add_executable(20_many_machines_mpi EXCLUDE_FROM_ALL lessons/20_many_machines/mpi.cpp)
  set_target_properties(20_many_machines_mpi PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lessons)
  add_executable(ranks EXCLUDE_FROM_ALL tests/mpi/ranks.cpp)
  foreach(program 20_many_machines_mpi ranks)
    target_link_libraries(${program} PRIVATE hourglass_kit hourglass_mpi)
  endforeach()
endfunction()
