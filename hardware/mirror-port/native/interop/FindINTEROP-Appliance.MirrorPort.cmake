# Finds the native side of the interop assembly Appliance.MirrorPort. Stands in CMake/Modules of nf-interpreter, the folder native/ of this
# room as InteropAssemblies/Appliance.MirrorPort, and the board's MirrorBoard.h beside it (README.md, "Build the image").
include(FindPackageHandleStandardArgs)

set(_mirror_port ${PROJECT_SOURCE_DIR}/InteropAssemblies/Appliance.MirrorPort)

set(Appliance.MirrorPort_INCLUDE_DIRS
    ${PROJECT_SOURCE_DIR}/src/CLR/Core
    ${PROJECT_SOURCE_DIR}/src/CLR/Include
    ${PROJECT_SOURCE_DIR}/src/HAL/Include
    ${PROJECT_SOURCE_DIR}/src/PAL/Include
    ${_mirror_port}
    ${_mirror_port}/interop
    # nf-interpreter adds the folders of FindESP32_IDF.cmake; of ESP-IDF the hook needs two more: littlefs, which nf-interpreter puts
    # there, for esp_littlefs.h, and hal's own for hal/misc.h, which hal/emac_ll.h includes.
    ${IDF_PATH_CMAKED}/components/littlefs/include
    ${IDF_PATH_CMAKED}/components/hal/platform_port/include)

# The method table first: nf-interpreter reads the assembly's version and checksum out of the first source file.
set(Appliance.MirrorPort_SOURCES
    ${_mirror_port}/interop/Appliance_MirrorPort.cpp
    ${_mirror_port}/interop/Appliance_MirrorPort_Appliance_MirrorPort_MirrorHook_mshl.cpp
    ${_mirror_port}/interop/Appliance_MirrorPort_Appliance_MirrorPort_MirrorHook.cpp
    ${_mirror_port}/chip/ChipFacts.cpp
    ${_mirror_port}/chip/HookFace.cpp
    ${_mirror_port}/chip/MirrorDriver.cpp
    ${_mirror_port}/chip/TransmitGuard.cpp
    ${_mirror_port}/core/Copies.cpp
    ${_mirror_port}/core/FrameIntake.cpp
    ${_mirror_port}/core/InterestMask.cpp
    ${_mirror_port}/core/LossSample.cpp
    ${_mirror_port}/core/TableCheck.cpp
    ${_mirror_port}/core/Tunnels.cpp
    ${_mirror_port}/core/Unwrapping.cpp)

foreach(_source ${Appliance.MirrorPort_SOURCES} ${_mirror_port}/MirrorBoard.h)
    if(NOT EXISTS ${_source})
        message(FATAL_ERROR "Appliance.MirrorPort: ${_source} is missing; copy hardware/mirror-port/native and the board's MirrorBoard.h.")
    endif()
endforeach()

# nf-interpreter builds for size, which costs a frame a sixth more. What runs for each frame is built for speed, which makes it two kilobytes larger.
# An atomic word is no device's register: the barrier that the compiler sets before each access to a volatile one costs it a tenth. What
# orders the words are the barriers of acquire and release, which stay.
set_source_files_properties(
    ${_mirror_port}/core/Copies.cpp
    ${_mirror_port}/core/FrameIntake.cpp
    ${_mirror_port}/core/InterestMask.cpp
    ${_mirror_port}/core/LossSample.cpp
    ${_mirror_port}/core/Tunnels.cpp
    ${_mirror_port}/core/Unwrapping.cpp
    PROPERTIES COMPILE_OPTIONS "-O2;-mno-serialize-volatile")
set_source_files_properties(${_mirror_port}/chip/MirrorDriver.cpp PROPERTIES COMPILE_OPTIONS -O2)

find_package_handle_standard_args(INTEROP-Appliance.MirrorPort DEFAULT_MSG
    Appliance.MirrorPort_INCLUDE_DIRS Appliance.MirrorPort_SOURCES)
