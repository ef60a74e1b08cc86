namespace Appliance.Firmware.Messages;

/// <summary>The parameters that say how much native memory is left: of each kind that there is, what is free and its largest
/// block.</summary>
internal static class MemoryParameters
{
    /// <summary>Writes them into the element that a message has begun; none where nothing is known.</summary>
    /// <param name="writer">Writes the message.</param>
    /// <param name="port">Knows the memory.</param>
    public static void Write(MessageWriter writer, IMirrorPort port)
    {
        Write(writer, MessageWord.Memory, port.Memory(MemoryFigure.Free));
        Write(writer, MessageWord.MemoryBlock, port.Memory(MemoryFigure.Block));
        Write(writer, MessageWord.External, port.Memory(MemoryFigure.ExternalFree));
        Write(writer, MessageWord.ExternalBlock, port.Memory(MemoryFigure.ExternalBlock));
    }

    private static void Write(MessageWriter writer, int word, long octets)
    {
        if (octets >= 0)
        {
            writer.Number(word, octets);
        }
    }
}
