namespace Appliance.Firmware;

/// <summary>Gives a table's octets, in an array that nobody else keeps: what is not in use takes no memory.</summary>
/// <returns>The whole table.</returns>
public delegate byte[] TableOctets();
