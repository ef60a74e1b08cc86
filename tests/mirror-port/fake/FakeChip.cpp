#include "FakeChip.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>

emac_mac_dev_t EMAC_MAC{};
emac_dma_dev_t EMAC_DMA{};

struct esp_timer
{
    esp_timer_create_args_t arguments;
    std::int64_t due;
    std::int64_t period;
};

struct esp_task_wdt_user
{
};

namespace
{

constexpr int TransmitEnable = 21;
constexpr std::uint32_t FunctionEmac = 5;

fake::Chip chip;
std::vector<std::unique_ptr<esp_timer>> timers;
std::map<void *, std::size_t> blocks;
esp_task_wdt_user user;

esp_eth_mac_t mac;
esp_eth_phy_t phy;
esp_alloc_failed_hook_t failedAllocation = nullptr;
esp_eth_mediator_t *macMediator = nullptr;
esp_eth_mediator_t *phyMediator = nullptr;

void Settle(fake::Pad &pad)
{
    if (!pad.isHeld)
    {
        // A pad that the MAC drives carries TX_EN, which is high while the transmitter runs.
        pad.atPad = pad.function == FunctionEmac ? EMAC_MAC.gmacconfig.tx : pad.level;
    }
}

void *Pointer(int value) { return reinterpret_cast<void *>(static_cast<std::intptr_t>(value)); }

esp_err_t MacSetMediator(esp_eth_mac_t * /*self*/, esp_eth_mediator_t *mediator)
{
    macMediator = mediator;
    return ESP_OK;
}

esp_err_t MacInit(esp_eth_mac_t * /*self*/)
{
    chip.log.emplace_back("mac init");
    if (!chip.isClockThere)
    {
        return ESP_FAIL;
    }

    macMediator->on_state_changed(macMediator, ETH_STATE_LLINIT, nullptr);
    EMAC_MAC.gmacconfig.rxipcoffload = ETH_CHECKSUM_HW;
    EMAC_DMA.dmaoperation_mode.dis_drop_tcpip_err_fram = 0;
    return ESP_OK;
}

esp_err_t MacStop(esp_eth_mac_t * /*self*/)
{
    EMAC_MAC.gmacconfig.tx.stored = 0;
    EMAC_MAC.gmacconfig.rx = 0;
    EMAC_DMA.dmaoperation_mode.start_stop_transmission_command = 0;
    chip.isReceiving = false;
    Settle(chip.pads[TransmitEnable]);
    return ESP_OK;
}

esp_err_t MacTransmit(esp_eth_mac_t * /*self*/, std::uint8_t * /*buffer*/, std::uint32_t /*length*/)
{
    chip.wireFrames++;
    return ESP_OK;
}

esp_err_t MacTransmitParts(esp_eth_mac_t * /*self*/, void * /*control*/, std::uint32_t /*count*/, va_list /*parts*/)
{
    chip.wireFrames++;
    return ESP_OK;
}

esp_err_t MacReadPhy(esp_eth_mac_t * /*self*/, std::uint32_t address, std::uint32_t number, std::uint32_t *value)
{
    *value = address << 8U | number;
    return ESP_OK;
}

esp_err_t MacWritePhy(esp_eth_mac_t * /*self*/, std::uint32_t /*address*/, std::uint32_t number, std::uint32_t value)
{
    chip.log.push_back("phy " + std::to_string(number) + "=" + std::to_string(value));
    return ESP_OK;
}

esp_err_t MacSetSpeed(esp_eth_mac_t * /*self*/, eth_speed_t speed)
{
    chip.log.emplace_back(speed == ETH_SPEED_100M ? "speed 100" : "speed 10");
    return ESP_OK;
}

esp_err_t MacSetDuplex(esp_eth_mac_t * /*self*/, eth_duplex_t duplex)
{
    chip.log.emplace_back(duplex == ETH_DUPLEX_FULL ? "full duplex" : "half duplex");
    return ESP_OK;
}

esp_err_t MacSetLink(esp_eth_mac_t *self, eth_link_t link)
{
    if (link == ETH_LINK_DOWN)
    {
        chip.log.emplace_back("mac down");
        return MacStop(self);
    }

    // As ESP-IDF's driver does it: transmitter and receiver together.
    chip.log.emplace_back("mac up");
    EMAC_MAC.gmacconfig.tx.stored = 1;
    EMAC_MAC.gmacconfig.rx = 1;
    EMAC_DMA.dmaoperation_mode.start_stop_transmission_command = 1;
    chip.isReceiving = true;
    Settle(chip.pads[TransmitEnable]);
    chip.transmitStarts += chip.pads[TransmitEnable].atPad != 0 ? 1 : 0;
    return ESP_OK;
}

esp_err_t MacSetPromiscuous(esp_eth_mac_t * /*self*/, bool on)
{
    EMAC_MAC.gmacff.pmode = on ? 1 : 0;
    return ESP_OK;
}

esp_err_t MacEnableFlow(esp_eth_mac_t * /*self*/, bool on)
{
    EMAC_MAC.gmacfc.tfce = on ? 1 : 0;
    return ESP_OK;
}

esp_err_t MacPeerPause(esp_eth_mac_t * /*self*/, std::uint32_t ability)
{
    EMAC_MAC.gmacfc.tfce = ability;
    return ESP_OK;
}

esp_err_t PhySetMediator(esp_eth_phy_t * /*self*/, esp_eth_mediator_t *mediator)
{
    phyMediator = mediator;
    return ESP_OK;
}

esp_err_t PhyReset(esp_eth_phy_t * /*self*/)
{
    chip.log.emplace_back("phy reset");
    return chip.phyConfig.reset_gpio_num < 0 ? ESP_ERR_NOT_SUPPORTED : ESP_OK;
}

esp_err_t PhyInit(esp_eth_phy_t * /*self*/)
{
    std::uint32_t id = 0;
    if (!chip.isPhyThere || phyMediator->phy_reg_read(phyMediator, 1, 2, &id) != ESP_OK || id != 0x102)
    {
        return ESP_FAIL;
    }

    return phyMediator->phy_reg_write(phyMediator, 1, 0, 0x8000);
}

esp_err_t PhyNegotiate(esp_eth_phy_t * /*self*/, eth_phy_autoneg_cmd_t command, bool *isOn)
{
    if (command == ESP_ETH_PHY_AUTONEGO_RESTART)
    {
        chip.log.emplace_back("negotiate");
        *isOn = true;
    }

    return ESP_OK;
}

void Tell(bool isUp)
{
    chip.isLinkTold = isUp;
    if (isUp)
    {
        phyMediator->on_state_changed(phyMediator, ETH_STATE_SPEED, Pointer(ETH_SPEED_100M));
        phyMediator->on_state_changed(phyMediator, ETH_STATE_DUPLEX, Pointer(ETH_DUPLEX_FULL));
        phyMediator->on_state_changed(phyMediator, ETH_STATE_PAUSE, Pointer(1));
    }

    phyMediator->on_state_changed(phyMediator, ETH_STATE_LINK, Pointer(isUp ? ETH_LINK_UP : ETH_LINK_DOWN));
}

esp_err_t PhyGetLink(esp_eth_phy_t * /*self*/)
{
    if (chip.isPhyLinkUp != chip.isLinkTold)
    {
        Tell(chip.isPhyLinkUp);
    }

    return ESP_OK;
}

esp_err_t PhySetLink(esp_eth_phy_t * /*self*/, eth_link_t link)
{
    const bool isUp = link == ETH_LINK_UP;
    if (isUp != chip.isLinkTold)
    {
        Tell(isUp);
    }

    return ESP_OK;
}

} // namespace

esp_eth_mac_t *esp_eth_mac_new_esp32(const eth_esp32_emac_config_t *esp32, const eth_mac_config_t * /*general*/)
{
    chip.log.emplace_back("mac new");
    if (!chip.isMacMemoryThere)
    {
        return nullptr;
    }

    chip.macConfig = *esp32;
    chip.wasTransmitPadTaken = !chip.pads[TransmitEnable].isHeld;
    for (const int pin : {19, TransmitEnable, 22})
    {
        chip.pads[pin].function = FunctionEmac;
        chip.pads[pin].isOutput = true;
        Settle(chip.pads[pin]);
    }

    mac = esp_eth_mac_t{MacSetMediator, MacInit, MacStop, MacTransmit, MacTransmitParts, MacReadPhy, MacWritePhy, MacSetSpeed,
        MacSetDuplex, MacSetLink, MacSetPromiscuous, MacEnableFlow, MacPeerPause};
    return &mac;
}

esp_eth_phy_t *esp_eth_phy_new_lan87xx(const eth_phy_config_t *config)
{
    chip.phyConfig = *config;
    phy = esp_eth_phy_t{PhySetMediator, PhyReset, PhyInit, PhyNegotiate, PhyGetLink, PhySetLink};
    return &phy;
}

esp_err_t gpio_config(const gpio_config_t *config)
{
    for (int pin = 0; pin < 40; pin++)
    {
        if ((config->pin_bit_mask >> pin & 1U) != 0)
        {
            fake::Pad &pad = chip.pads[pin];
            pad.function = PIN_FUNC_GPIO;
            pad.signal = SIG_GPIO_OUT_IDX;
            pad.isOutput = (config->mode & GPIO_MODE_OUTPUT) != 0;
            Settle(pad);
        }
    }

    return ESP_OK;
}

esp_err_t gpio_set_level(gpio_num_t pin, std::uint32_t level)
{
    chip.pads[pin].level = level;
    Settle(chip.pads[pin]);
    return ESP_OK;
}

int gpio_get_level(gpio_num_t pin) { return static_cast<int>(chip.pads[pin].atPad); }

esp_err_t gpio_hold_en(gpio_num_t pin)
{
    chip.log.push_back("hold " + std::to_string(pin));
    if (!chip.canHold)
    {
        return ESP_ERR_NOT_SUPPORTED;
    }

    chip.pads[pin].isHeld = true;
    return ESP_OK;
}

esp_err_t gpio_get_io_config(gpio_num_t pin, gpio_io_config_t *config)
{
    const fake::Pad &pad = chip.pads[pin];
    *config = {pad.function, pad.signal, pad.isOutput ? 1U : 0U};
    return ESP_OK;
}

std::int64_t esp_timer_get_time() { return chip.now; }

esp_err_t esp_timer_create(const esp_timer_create_args_t *arguments, esp_timer_handle_t *timer)
{
    timers.push_back(std::make_unique<esp_timer>(esp_timer{*arguments, -1, 0}));
    *timer = timers.back().get();
    return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, std::uint64_t micros)
{
    timer->period = static_cast<std::int64_t>(micros);
    timer->due = chip.now + timer->period;
    return ESP_OK;
}

esp_err_t esp_timer_start_once(esp_timer_handle_t timer, std::uint64_t micros)
{
    if (timer->due >= 0)
    {
        return ESP_ERR_INVALID_STATE;
    }

    timer->due = chip.now + static_cast<std::int64_t>(micros);
    return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer)
{
    timer->due = -1;
    timer->period = 0;
    return ESP_OK;
}

esp_err_t esp_timer_delete(esp_timer_handle_t timer)
{
    timers.erase(
        std::remove_if(timers.begin(), timers.end(), [timer](const auto &one) { return one.get() == timer; }), timers.end());
    return ESP_OK;
}

void *heap_caps_calloc(std::size_t count, std::size_t size, std::uint32_t capabilities)
{
    if (count * size > chip.heap || (capabilities & MALLOC_CAP_INTERNAL) == 0)
    {
        return nullptr;
    }

    void *memory = std::calloc(count, size);
    blocks[memory] = count * size;
    chip.heap -= count * size;
    return memory;
}

esp_err_t heap_caps_register_failed_alloc_callback(esp_alloc_failed_hook_t callback)
{
    failedAllocation = callback;
    return ESP_OK;
}

char *pcTaskGetName(void * /*task*/) { return chip.task.data(); }

TransmitBit::operator std::uint32_t() const
{
    if (!chip.atTransmitterLook)
    {
        return stored;
    }

    const std::function<void()> look = std::move(chip.atTransmitterLook);
    chip.atTransmitterLook = nullptr;
    look();
    return 1;
}

void heap_caps_free(void *memory)
{
    chip.heap += blocks[memory];
    blocks.erase(memory);
    std::free(memory);
}

esp_reset_reason_t esp_reset_reason() { return chip.resetReason; }

esp_err_t esp_littlefs_info(const char *label, std::size_t *total, std::size_t *used)
{
    if (!chip.isStorageThere || std::strcmp(label, "config") != 0)
    {
        return ESP_FAIL;
    }

    *total = chip.storageTotal;
    *used = chip.storageUsed;
    return ESP_OK;
}

esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *config)
{
    if (chip.watchdog.isRunning)
    {
        return ESP_ERR_INVALID_STATE;
    }

    chip.watchdog.isRunning = true;
    chip.watchdog.config = *config;
    return ESP_OK;
}

esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config)
{
    chip.watchdog.config = *config;
    return ESP_OK;
}

esp_err_t esp_task_wdt_add_user(const char * /*name*/, esp_task_wdt_user_handle_t *handle)
{
    chip.watchdog.users++;
    *handle = &user;
    return ESP_OK;
}

esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t handle)
{
    const bool isKnown = handle == &user && chip.watchdog.users > 0;
    chip.watchdog.feeds += isKnown ? 1 : 0;
    return isKnown ? ESP_OK : ESP_ERR_INVALID_ARG;
}

esp_err_t esp_task_wdt_delete_user(esp_task_wdt_user_handle_t handle)
{
    if (handle != &user || chip.watchdog.users == 0)
    {
        return ESP_ERR_INVALID_ARG;
    }

    chip.watchdog.users--;
    return ESP_OK;
}

namespace fake
{

Chip &TheChip() { return chip; }

void PowerOn()
{
    for (const auto &block : blocks)
    {
        std::free(block.first);
    }

    blocks.clear();
    timers.clear();
    EMAC_MAC = emac_mac_dev_t{};
    EMAC_DMA.dmaoperation_mode = {};
    EMAC_DMA.dmamissedfr.val = 0;
    chip = Chip{};
    macMediator = nullptr;
    phyMediator = nullptr;
}

bool Receive(const std::uint8_t *frame, std::size_t length)
{
    if (!chip.isReceiving)
    {
        return false;
    }

    chip.task = "emac_rx";
    if (!chip.isReceiveMemoryThere)
    {
        FailAllocation(length);
        chip.task = "main";
        return true;
    }

    auto *buffer = static_cast<std::uint8_t *>(std::malloc(length));
    std::memcpy(buffer, frame, length);
    macMediator->stack_input_info(macMediator, buffer, static_cast<std::uint32_t>(length), nullptr);
    chip.task = "main";
    return true;
}

std::size_t BufferCost(const ReceivePath &path)
{
    constexpr std::size_t Descriptor = 32;
    constexpr std::size_t Pointer = 4;
    constexpr std::size_t HeapWords = 8;
    return path.octets + Descriptor + Pointer + HeapWords;
}

std::int64_t Burst(const ReceivePath &path, const std::vector<std::uint8_t> &frame, std::uint32_t count, std::uint32_t extra)
{
    // Preamble, frame check sequence and gap; 12.5 octets a microsecond.
    constexpr double LineRate = 12.5;
    constexpr std::size_t Overhead = 24;
    constexpr std::size_t CheckSequence = 4;
    constexpr std::size_t Shortest = 60;
    const std::size_t octets = std::max(frame.size(), Shortest);
    const double between = static_cast<double>(octets + Overhead) / LineRate;
    const auto needed = static_cast<std::uint32_t>((octets + CheckSequence + path.octets - 1) / path.octets);

    const std::int64_t begun = chip.now;
    static std::uint32_t number = 0;
    std::vector<std::uint8_t> sent = frame;
    std::uint32_t used = 0;
    std::uint32_t arrived = 0;
    double time = 0;
    const auto arrive = [&](double until)
    {
        for (; arrived < count && (arrived + 1) * between <= until; arrived++)
        {
            time += path.interrupt / path.speed;
            if (path.buffers - used < needed)
            {
                EMAC_DMA.dmamissedfr.missed_fc++;
            }
            else
            {
                used += needed;
            }
        }
    };

    while (arrived < count || used > 0)
    {
        if (used == 0)
        {
            time = std::max(time, (arrived + 1) * between);
        }

        arrive(time);
        if (used > 0)
        {
            time += (path.frame + extra + path.octet * static_cast<double>(octets) + path.waiting * used) / path.speed;
            arrive(time);
            used -= needed;
            chip.now = begun + static_cast<std::int64_t>(time);

            // Each with its own identification, so that none is a copy of another.
            sent[18] = static_cast<std::uint8_t>(number >> 8U);
            sent[19] = static_cast<std::uint8_t>(number++);
            Receive(sent.data(), sent.size());
        }
    }

    return chip.now - begun;
}

void FailAllocation(std::size_t size) { failedAllocation(size, 0, "heap_caps_malloc"); }

void SetCable(bool isIn) { chip.isPhyLinkUp = isIn; }

void Pass(std::int64_t micros)
{
    const std::int64_t end = chip.now + micros;
    while (true)
    {
        esp_timer *next = nullptr;
        for (const auto &timer : timers)
        {
            if (timer->due >= 0 && timer->due <= end && (next == nullptr || timer->due < next->due))
            {
                next = timer.get();
            }
        }

        if (next == nullptr)
        {
            break;
        }

        chip.now = next->due;
        next->due = next->period > 0 ? chip.now + next->period : -1;
        next->arguments.callback(next->arguments.arg);
    }

    chip.now = end;
}

esp_eth_mac_t *Mac() { return &mac; }

} // namespace fake
