using System;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>The power failed: nothing of the program goes on.</summary>
internal sealed class PowerCutException : Exception
{
}
