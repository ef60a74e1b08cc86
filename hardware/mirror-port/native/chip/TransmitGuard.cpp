#include "TransmitGuard.h"

#include <driver/gpio.h>
#include <hal/emac_ll.h>
#include <soc/emac_dma_struct.h>
#include <soc/emac_mac_struct.h>
#include <soc/gpio_sig_map.h>
#include <soc/io_mux_reg.h>

namespace mirror
{

namespace
{

// Fixed by the ESP32's IO MUX (ESP32 datasheet, IO_MUX table, function 5): the MAC can drive TX_EN at no other pad.
constexpr gpio_num_t TransmitEnable = GPIO_NUM_21;
constexpr gpio_num_t TransmitPins[] = {TransmitEnable, GPIO_NUM_19, GPIO_NUM_22};

} // namespace

bool TransmitGuard::HoldPins()
{
    for (const gpio_num_t pin : TransmitPins)
    {
        // The level first, so that the pad is low from the moment on in which it becomes an output. Input as well, to read the
        // pad back.
        gpio_config_t plainOutput{};
        plainOutput.pin_bit_mask = 1ULL << static_cast<unsigned>(pin);
        plainOutput.mode = GPIO_MODE_INPUT_OUTPUT;
        plainOutput.intr_type = GPIO_INTR_DISABLE;
        if (gpio_set_level(pin, 0) != ESP_OK || gpio_config(&plainOutput) != ESP_OK || gpio_set_level(pin, 0) != ESP_OK
            || gpio_hold_en(pin) != ESP_OK)
        {
            return false;
        }
    }

    return ArePinsHeld();
}

bool TransmitGuard::ArePinsHeld()
{
    gpio_io_config_t config{};
    return gpio_get_io_config(TransmitEnable, &config) == ESP_OK && config.fun_sel == PIN_FUNC_GPIO
           && config.sig_out == SIG_GPIO_OUT_IDX && config.oe != 0 && gpio_get_level(TransmitEnable) == 0;
}

void TransmitGuard::Quiet()
{
    emac_ll_start_stop_dma_transmit(&EMAC_DMA, false);
    emac_ll_transmit_enable(&EMAC_MAC, false);
}

bool TransmitGuard::IsQuiet()
{
    return EMAC_MAC.gmacconfig.tx == 0 && EMAC_DMA.dmaoperation_mode.start_stop_transmission_command == 0;
}

} // namespace mirror
