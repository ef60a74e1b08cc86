#pragma once

// What the hook uses of ESP-IDF, declared as ESP-IDF declares it, over a model of the chip: pads with their hold latch, the few
// MAC and DMA registers, timers, one MAC object and one PHY object. A test drives the model (namespace fake) and looks at it.

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

using esp_err_t = int;
constexpr esp_err_t ESP_OK = 0;
constexpr esp_err_t ESP_FAIL = -1;
constexpr esp_err_t ESP_ERR_NO_MEM = 0x101;
constexpr esp_err_t ESP_ERR_INVALID_ARG = 0x102;
constexpr esp_err_t ESP_ERR_INVALID_STATE = 0x103;
constexpr esp_err_t ESP_ERR_NOT_SUPPORTED = 0x106;

// ---- esp_eth ----

enum eth_link_t
{
    ETH_LINK_UP,
    ETH_LINK_DOWN
};
enum eth_speed_t
{
    ETH_SPEED_10M,
    ETH_SPEED_100M,
    ETH_SPEED_MAX
};
enum eth_duplex_t
{
    ETH_DUPLEX_HALF,
    ETH_DUPLEX_FULL
};
enum eth_checksum_t
{
    ETH_CHECKSUM_SW,
    ETH_CHECKSUM_HW
};
enum esp_eth_state_t
{
    ETH_STATE_LLINIT,
    ETH_STATE_DEINIT,
    ETH_STATE_LINK,
    ETH_STATE_SPEED,
    ETH_STATE_DUPLEX,
    ETH_STATE_PAUSE
};
enum eth_phy_autoneg_cmd_t
{
    ESP_ETH_PHY_AUTONEGO_RESTART,
    ESP_ETH_PHY_AUTONEGO_EN,
    ESP_ETH_PHY_AUTONEGO_DIS,
    ESP_ETH_PHY_AUTONEGO_G_STAT
};
enum eth_data_interface_t
{
    EMAC_DATA_INTERFACE_RMII,
    EMAC_DATA_INTERFACE_MII
};
enum emac_rmii_clock_mode_t
{
    EMAC_CLK_DEFAULT,
    EMAC_CLK_EXT_IN,
    EMAC_CLK_OUT
};
enum emac_rmii_clock_gpio_t
{
    EMAC_CLK_IN_GPIO = 0,
    EMAC_CLK_OUT_GPIO = 16,
    EMAC_CLK_OUT_180_GPIO = 17
};
enum eth_mac_dma_burst_len_t
{
    ETH_DMA_BURST_LEN_32
};

struct esp_eth_mediator_t
{
    esp_err_t (*phy_reg_read)(esp_eth_mediator_t *, std::uint32_t, std::uint32_t, std::uint32_t *);
    esp_err_t (*phy_reg_write)(esp_eth_mediator_t *, std::uint32_t, std::uint32_t, std::uint32_t);
    esp_err_t (*stack_input)(esp_eth_mediator_t *, std::uint8_t *, std::uint32_t);
    esp_err_t (*stack_input_info)(esp_eth_mediator_t *, std::uint8_t *, std::uint32_t, void *);
    esp_err_t (*on_state_changed)(esp_eth_mediator_t *, esp_eth_state_t, void *);
};

struct esp_eth_mac_t
{
    esp_err_t (*set_mediator)(esp_eth_mac_t *, esp_eth_mediator_t *);
    esp_err_t (*init)(esp_eth_mac_t *);
    esp_err_t (*stop)(esp_eth_mac_t *);
    esp_err_t (*transmit)(esp_eth_mac_t *, std::uint8_t *, std::uint32_t);
    esp_err_t (*transmit_ctrl_vargs)(esp_eth_mac_t *, void *, std::uint32_t, va_list);
    esp_err_t (*read_phy_reg)(esp_eth_mac_t *, std::uint32_t, std::uint32_t, std::uint32_t *);
    esp_err_t (*write_phy_reg)(esp_eth_mac_t *, std::uint32_t, std::uint32_t, std::uint32_t);
    esp_err_t (*set_speed)(esp_eth_mac_t *, eth_speed_t);
    esp_err_t (*set_duplex)(esp_eth_mac_t *, eth_duplex_t);
    esp_err_t (*set_link)(esp_eth_mac_t *, eth_link_t);
    esp_err_t (*set_promiscuous)(esp_eth_mac_t *, bool);
    esp_err_t (*enable_flow_ctrl)(esp_eth_mac_t *, bool);
    esp_err_t (*set_peer_pause_ability)(esp_eth_mac_t *, std::uint32_t);
};

struct esp_eth_phy_t
{
    esp_err_t (*set_mediator)(esp_eth_phy_t *, esp_eth_mediator_t *);
    esp_err_t (*reset_hw)(esp_eth_phy_t *);
    esp_err_t (*init)(esp_eth_phy_t *);
    esp_err_t (*autonego_ctrl)(esp_eth_phy_t *, eth_phy_autoneg_cmd_t, bool *);
    esp_err_t (*get_link)(esp_eth_phy_t *);
    esp_err_t (*set_link)(esp_eth_phy_t *, eth_link_t);
};

struct eth_mac_config_t
{
    std::uint32_t sw_reset_timeout_ms;
    std::uint32_t rx_task_stack_size;
    std::uint32_t rx_task_prio;
    std::uint32_t flags;
};

struct eth_esp32_emac_config_t
{
    struct
    {
        int mdc_num;
        int mdio_num;
    } smi_gpio;
    eth_data_interface_t interface;
    struct
    {
        struct
        {
            emac_rmii_clock_mode_t clock_mode;
            emac_rmii_clock_gpio_t clock_gpio;
        } rmii;
    } clock_config;
    eth_mac_dma_burst_len_t dma_burst_len;
};

struct eth_phy_config_t
{
    std::int32_t phy_addr;
    std::uint32_t reset_timeout_ms;
    std::uint32_t autonego_timeout_ms;
    int reset_gpio_num;
    std::int32_t hw_reset_assert_time_us;
    std::int32_t post_hw_reset_delay_ms;
};

esp_eth_mac_t *esp_eth_mac_new_esp32(const eth_esp32_emac_config_t *esp32, const eth_mac_config_t *general);
esp_eth_phy_t *esp_eth_phy_new_lan87xx(const eth_phy_config_t *config);

// ---- registers ----

// A test may put something between the looks at two registers.
struct TransmitBit
{
    std::uint32_t stored;
    TransmitBit &operator=(std::uint32_t value)
    {
        stored = value;
        return *this;
    }
    operator std::uint32_t() const;
};

struct emac_mac_dev_t
{
    struct
    {
        TransmitBit tx;
        std::uint32_t rx;
        std::uint32_t rxipcoffload;
    } gmacconfig;
    struct
    {
        std::uint32_t pmode;
        std::uint32_t pcf;
    } gmacff;
    struct
    {
        std::uint32_t tfce;
        std::uint32_t rfce;
    } gmacfc;
};

// Reading the register as a whole clears it, as on the chip.
struct ClearOnRead
{
    std::uint32_t stored;
    operator std::uint32_t()
    {
        const std::uint32_t value = stored;
        stored = 0;
        return value;
    }
    ClearOnRead &operator=(std::uint32_t value)
    {
        stored = value;
        return *this;
    }
};

union emac_missed_t
{
    struct
    {
        std::uint32_t missed_fc : 16;
        std::uint32_t overflow_bmfc : 1;
        std::uint32_t overflow_fc : 11;
        std::uint32_t overflow_bfoc : 1;
        std::uint32_t reserved29 : 3;
    };
    ClearOnRead val;
};

struct emac_dma_dev_t
{
    struct
    {
        std::uint32_t start_stop_transmission_command;
        std::uint32_t dis_drop_tcpip_err_fram;
    } dmaoperation_mode;
    emac_missed_t dmamissedfr;
};

extern emac_mac_dev_t EMAC_MAC;
extern emac_dma_dev_t EMAC_DMA;

constexpr std::uint32_t EMAC_LL_CONTROL_FRAME_FORWARDALL = 2;
inline void emac_ll_start_stop_dma_transmit(emac_dma_dev_t *dma, bool on)
{
    dma->dmaoperation_mode.start_stop_transmission_command = on;
}
inline void emac_ll_transmit_enable(emac_mac_dev_t *mac, bool on) { mac->gmacconfig.tx = on; }
inline void emac_ll_set_pass_ctrl_frame_mode(emac_mac_dev_t *mac, std::uint32_t mode) { mac->gmacff.pcf = mode; }
inline void emac_ll_checksum_offload_mode(emac_mac_dev_t *mac, eth_checksum_t mode) { mac->gmacconfig.rxipcoffload = mode; }
inline void emac_ll_drop_tcp_err_frame_enable(emac_dma_dev_t *dma, bool on)
{
    dma->dmaoperation_mode.dis_drop_tcpip_err_fram = !on;
}
inline void emac_ll_receive_flow_ctrl_enable(emac_mac_dev_t *mac, bool on) { mac->gmacfc.rfce = on; }
inline void emac_ll_transmit_flow_ctrl_enable(emac_mac_dev_t *mac, bool on) { mac->gmacfc.tfce = on; }

// ---- pads ----

enum gpio_num_t
{
    GPIO_NUM_19 = 19,
    GPIO_NUM_21 = 21,
    GPIO_NUM_22 = 22
};
enum gpio_mode_t
{
    GPIO_MODE_DISABLE = 0,
    GPIO_MODE_INPUT = 1,
    GPIO_MODE_OUTPUT = 2,
    GPIO_MODE_INPUT_OUTPUT = 3
};
enum gpio_int_type_t
{
    GPIO_INTR_DISABLE
};
constexpr std::uint32_t PIN_FUNC_GPIO = 2;
constexpr std::uint32_t SIG_GPIO_OUT_IDX = 256;

struct gpio_config_t
{
    std::uint64_t pin_bit_mask;
    gpio_mode_t mode;
    gpio_int_type_t intr_type;
};

struct gpio_io_config_t
{
    std::uint32_t fun_sel;
    std::uint32_t sig_out;
    std::uint32_t oe;
};

esp_err_t gpio_config(const gpio_config_t *config);
esp_err_t gpio_set_level(gpio_num_t pin, std::uint32_t level);
int gpio_get_level(gpio_num_t pin);
esp_err_t gpio_hold_en(gpio_num_t pin);
esp_err_t gpio_get_io_config(gpio_num_t pin, gpio_io_config_t *config);

// ---- timers, heap, system ----

using esp_timer_handle_t = struct esp_timer *;
struct esp_timer_create_args_t
{
    void (*callback)(void *);
    void *arg;
    const char *name;
    bool skip_unhandled_events;
};

std::int64_t esp_timer_get_time();
esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *timer);
esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, std::uint64_t micros);
esp_err_t esp_timer_stop(esp_timer_handle_t timer);
esp_err_t esp_timer_delete(esp_timer_handle_t timer);
esp_err_t esp_timer_start_once(esp_timer_handle_t timer, std::uint64_t micros);

constexpr std::uint32_t MALLOC_CAP_INTERNAL = 1U << 11U;
constexpr std::uint32_t MALLOC_CAP_8BIT = 1U << 2U;
void *heap_caps_calloc(std::size_t count, std::size_t size, std::uint32_t capabilities);
void heap_caps_free(void *memory);
using esp_alloc_failed_hook_t = void (*)(std::size_t size, std::uint32_t capabilities, const char *function);
esp_err_t heap_caps_register_failed_alloc_callback(esp_alloc_failed_hook_t callback);
char *pcTaskGetName(void *task);

enum esp_reset_reason_t
{
    ESP_RST_UNKNOWN,
    ESP_RST_POWERON,
    ESP_RST_EXT,
    ESP_RST_SW,
    ESP_RST_PANIC,
    ESP_RST_INT_WDT,
    ESP_RST_TASK_WDT,
    ESP_RST_WDT,
    ESP_RST_DEEPSLEEP,
    ESP_RST_BROWNOUT,
    ESP_RST_SDIO,
    ESP_RST_USB,
    ESP_RST_JTAG,
    ESP_RST_EFUSE,
    ESP_RST_PWR_GLITCH,
    ESP_RST_CPU_LOCKUP,
};
esp_reset_reason_t esp_reset_reason();

esp_err_t esp_littlefs_info(const char *label, std::size_t *total, std::size_t *used);

struct esp_task_wdt_config_t
{
    std::uint32_t timeout_ms;
    std::uint32_t idle_core_mask;
    bool trigger_panic;
};
using esp_task_wdt_user_handle_t = struct esp_task_wdt_user *;
esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *config);
esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config);
esp_err_t esp_task_wdt_add_user(const char *name, esp_task_wdt_user_handle_t *user);
esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user);
esp_err_t esp_task_wdt_delete_user(esp_task_wdt_user_handle_t user);

// ---- the model, for tests ----

namespace fake
{

struct Pad
{
    std::uint32_t function = 2;
    std::uint32_t signal = SIG_GPIO_OUT_IDX;
    bool isOutput = false;
    bool isHeld = false;
    std::uint32_t level = 1;

    /// What stands at the pad: latched while held.
    std::uint32_t atPad = 1;
};

struct Watchdog
{
    bool isRunning = false;
    esp_task_wdt_config_t config{};
    int users = 0;
    int feeds = 0;
};

struct Chip
{
    Pad pads[40];
    bool isClockThere = true;
    bool isPhyThere = true;
    bool isMacMemoryThere = true;
    bool canHold = true;
    std::size_t heap = 200000;
    bool isReceiveMemoryThere = true;
    std::string task = "main";

    /// Runs once, when somebody reads the transmitter's bit, which is found set then.
    std::function<void()> atTransmitterLook;
    std::int64_t now = 1000;
    std::vector<std::string> log;
    eth_esp32_emac_config_t macConfig{};
    eth_phy_config_t phyConfig{};
    bool isPhyLinkUp = false;
    bool isLinkTold = false;
    bool isReceiving = false;
    int wireFrames = 0;
    int transmitStarts = 0;

    /// The MAC object's making reached the pad of TX_EN.
    bool wasTransmitPadTaken = false;
    Watchdog watchdog;
    esp_reset_reason_t resetReason = ESP_RST_POWERON;
    bool isStorageThere = true;
    std::size_t storageTotal = 262144;
    std::size_t storageUsed = 40960;
};

Chip &TheChip();

/// Power on: a new chip, all its memory given back.
void PowerOn();

/// A frame comes in by the wire, in a buffer as the driver's receive task makes it; nothing happens while the MAC does not
/// receive.
/// @return whether the MAC took it.
bool Receive(const std::uint8_t *frame, std::size_t length);

/// ESP-IDF's receive path in a burst: buffers that the DMA fills, and a task that copies a frame at a time out of them. Its cost in
/// instructions was measured on an emulated ESP32 (ESP-IDF v5.5.4): skipped frames of 60 octets take 1,631 while none waits and 1,852 while
/// thirty do, since the task looks at each waiting buffer after each frame; 1,514 octets some 1,000 more.
struct ReceivePath
{
    std::uint32_t buffers;
    std::uint32_t octets;

    /// Instructions of a frame without octets, for an octet, for a buffer that waits, and of the interrupt that each frame makes.
    std::uint32_t frame = 1590;
    double octet = 0.7;
    double waiting = 7.4;
    std::uint32_t interrupt = 143;

    /// Instructions of the chip in a microsecond, as that measurement reckoned.
    double speed = 125;
};

/// Octets that a receive buffer takes of the heap: itself, its descriptor, the pointer to it, and the heap's own two words.
std::size_t BufferCost(const ReceivePath &path);

/// Frames come at line rate, one behind the other. What finds no buffer is counted as missed, as the MAC counts it.
/// @param extra instructions a frame beyond those of a skipped one.
/// @return microseconds until the last one is handed over.
std::int64_t Burst(const ReceivePath &path, const std::vector<std::uint8_t> &frame, std::uint32_t count, std::uint32_t extra);

/// An allocation fails in the task that runs now.
void FailAllocation(std::size_t size);

/// The cable is put in or pulled; the PHY tells at the next look.
void SetCable(bool isIn);

/// Time passes; timers that fall due run.
void Pass(std::int64_t micros);

/// The hook's MAC object, to call what software might call.
esp_eth_mac_t *Mac();

} // namespace fake
