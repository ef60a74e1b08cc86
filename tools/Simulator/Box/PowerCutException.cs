using System;

namespace Appliance.Simulator.Box;

/// <summary>The power of a simulated box failed, as a fault on demand asked for: nothing of the program goes on.</summary>
internal sealed class PowerCutException(string message) : Exception(message);
