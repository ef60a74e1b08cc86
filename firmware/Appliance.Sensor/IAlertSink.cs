namespace Appliance.Sensor;

/// <summary>Where the sensor's lines go: the device's queue, or a workstation's screen and files.</summary>
public interface IAlertSink
{
    /// <summary>Takes one RFC 5424 message. The buffer is reused as soon as the call returns.</summary>
    /// <param name="line">The octets of the message, without framing or line end.</param>
    /// <param name="length">How many of them, at most 480.</param>
    /// <param name="severity">Its severity, a constant of <see cref="Lines.SyslogSeverity"/>.</param>
    void Alert(byte[] line, int length, int severity);
}
