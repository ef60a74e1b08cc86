namespace System.Device.Gpio;

/// <summary>The level of a pin.</summary>
public readonly struct PinValue : IEquatable<PinValue>
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    public static PinValue High => new(1);

    public static PinValue Low => new(0);

    public static bool operator ==(PinValue left, PinValue right) => left._value == right._value;

    public static bool operator !=(PinValue left, PinValue right) => left._value != right._value;

    public bool Equals(PinValue other) => _value == other._value;

    public override bool Equals(object? obj) => obj is PinValue other && Equals(other);

    public override int GetHashCode() => _value;

    public override string ToString() => _value == 0 ? "Low" : "High";
}
