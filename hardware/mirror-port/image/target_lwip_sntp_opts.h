// Takes the place of targets/ESP32/ESP32/target_lwip_sntp_opts.h in nf-interpreter, which leaves its SNTP options as they are. With them the
// image asks the name server for a pool on the internet whenever the uplink gets an address. The box asks nobody for the time but the
// server that its site's profile names, and the program does that itself: a client without a server sends nothing.
// No include guard: nf-interpreter includes this file twice, once behind the defaults that it takes away.
#undef SNTP_SERVER0_DEFAULT_ADDRESS
#undef SNTP_SERVER1_DEFAULT_ADDRESS
#define SNTP_SERVER0_DEFAULT_ADDRESS NULL
#define SNTP_SERVER1_DEFAULT_ADDRESS NULL
