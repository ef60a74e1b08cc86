namespace System.Net.NetworkInformation;

/// <summary>An address has changed.</summary>
public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

/// <summary>A link has come or gone.</summary>
public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

/// <summary>Whether a link came or went.</summary>
public class NetworkAvailabilityEventArgs : EventArgs
{
    internal NetworkAvailabilityEventArgs(bool isAvailable)
    {
        IsAvailable = isAvailable;
    }

    public bool IsAvailable { get; }
}

/// <summary>The events of the image's network; here a test raises them.</summary>
public static class NetworkChange
{
    public static event NetworkAddressChangedEventHandler? NetworkAddressChanged;

    public static event NetworkAvailabilityChangedEventHandler? NetworkAvailabilityChanged;

    internal static void RaiseAddress() => NetworkAddressChanged?.Invoke(0, EventArgs.Empty);

    internal static void RaiseAvailability(bool isAvailable) =>
        NetworkAvailabilityChanged?.Invoke(0, new NetworkAvailabilityEventArgs(isAvailable));
}
