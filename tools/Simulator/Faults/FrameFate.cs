namespace Appliance.Simulator.Faults;

/// <summary>What becomes of a frame at the mirror port.</summary>
internal enum FrameFate
{
    /// <summary>The receiver hands it over.</summary>
    Delivered,

    /// <summary>The MAC counts it and can't hand it over.</summary>
    Missed,

    /// <summary>It never reaches the MAC.</summary>
    Unseen,
}
