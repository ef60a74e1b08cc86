// Reset vector, start, and QEMU's call into the host for the emulated core.

    .section .reset, "ax"
    .global Reset
Reset:
    j       Begin

    .text
    .literal_position
    .align  4
Begin:
    movi    a1, StackTop
    call0   main
    mov     a3, a2
    movi    a2, 1
    simcall

// int HostCall(int number, int a, int b, int c): QEMU's target/xtensa/xtensa-semi.c.
    .align  4
    .global HostCall
HostCall:
    simcall
    ret.n

// The cycle counter; with -icount it counts instructions.
    .align  4
    .global CycleCount
CycleCount:
    rsr.ccount a2
    ret.n
