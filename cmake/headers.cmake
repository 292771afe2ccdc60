# Headers are included as <hourglass/nn/linear.h>, here as by those who have the library installed: each folder of the
# library stands under that name in the build folder. Debug information names the files where they are.
set(HOURGLASS_FOLDERS tensor autograd nn models io data metrics codec report claims)
set(HOURGLASS_HEADERS ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${HOURGLASS_HEADERS}/hourglass)
foreach(entry ${HOURGLASS_FOLDERS} hourglass.h)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${entry} ${HOURGLASS_HEADERS}/hourglass/${entry} SYMBOLIC)
endforeach()
