# The files that `cmake --install` installs, so that a project elsewhere uses find_package(hourglass) or pkg-config; and the
# packages that CPack makes of it.
include(CMakePackageConfigHelpers)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY TRUE)  # a package needs the libraries, not the lessons and tests

set(libraries hourglass hourglass_f64 hourglass_kit)
set_target_properties(hourglass_kit PROPERTIES EXPORT_NAME kit)
install(TARGETS ${libraries} EXPORT hourglass)
foreach(part onnx mpi)  # optional components, since their users need protobuf, or MPI
  if(TARGET hourglass_${part})
    list(APPEND parts ${part})
    list(APPEND libraries hourglass_${part})
    set_target_properties(hourglass_${part} PROPERTIES EXPORT_NAME ${part})
    install(TARGETS hourglass_${part} EXPORT ${part})
  endif()
endforeach()
add_custom_target(installed DEPENDS ${libraries})  # all that must be built for `cmake --install`
foreach(folder tensor autograd nn models io data metrics codec report)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hourglass FILES_MATCHING PATTERN "*.h")
endforeach()
install(FILES hourglass.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hourglass)
install(DIRECTORY data DESTINATION ${CMAKE_INSTALL_DATADIR}/hourglass
        PATTERN "*.h" EXCLUDE PATTERN "*.cpp" EXCLUDE)
install(FILES README.md LICENSE LICENSE-texts.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(place ${CMAKE_INSTALL_LIBDIR}/cmake/hourglass)
# it reads each file beside it whose name begins with its own: hourglass-config.cmake must not be one
install(EXPORT hourglass FILE targets.cmake NAMESPACE hourglass:: DESTINATION ${place})
foreach(part ${parts})
  install(EXPORT ${part} NAMESPACE hourglass:: DESTINATION ${place})
endforeach()
configure_file(cmake/config.cmake.in hourglass-config.cmake @ONLY)
# before 1.0 a new second number may break a user's code
write_basic_package_version_file(hourglass-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/hourglass-config.cmake ${CMAKE_BINARY_DIR}/hourglass-config-version.cmake
        DESTINATION ${place})
file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # so that the files may be moved
configure_file(cmake/hourglass.pc.in hourglass.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/hourglass.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME libhourglass-dev)
set(CPACK_PACKAGE_VENDOR Hourglass)
set(CPACK_PACKAGE_CONTACT "Hourglass <hourglass@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "g++, libopenblas-dev, libfmt-dev, nlohmann-json3-dev, libcli11-dev, zlib1g-dev, \
libbz2-dev, liblzma-dev, libjpeg62-turbo-dev, liblinear-dev")
set(needs_of_onnx libonnx-dev libprotobuf-dev protobuf-compiler)
set(needs_of_mpi libopenmpi-dev openmpi-bin)
foreach(part ${parts})
  list(APPEND recommended ${needs_of_${part}})
endforeach()
list(APPEND recommended gnuplot-nox)  # report/gnuplot.h calls the program
list(JOIN recommended ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
include(CPack)
