using System;

namespace Appliance.Sensor.Lines;

/// <summary>
/// Who speaks: what every line of a box has in common, whoever in it writes the line. HOSTNAME, PROCID and an incident's id name
/// an incident for ever, and one row of sequence numbers counts all messages.
/// </summary>
public sealed class LineOrigin
{
    /// <summary>Digits by twos, which the lines of all who speak share.</summary>
    public readonly byte[] Pairs = LineBuffer.MakePairs();

    private byte[] _host = LineBuffer.Word("tap-000000");
    private int _boot;
    private int _sequence;

    /// <summary>HOSTNAME, APP-NAME and PROCID, with a space before and behind them.</summary>
    public byte[] Head = new byte[0];

    /// <summary>
    /// What follows the name of a structured data element of our own: <c>@</c>, the enterprise number, a space.
    /// </summary>
    public byte[] Enterprise = new byte[0];

    /// <summary>Makes an origin without a boot count.</summary>
    /// <param name="enterprise">The enterprise number of the structured data.</param>
    public LineOrigin(int enterprise)
    {
        UseEnterprise(enterprise);
        MakeHead();
    }

    /// <summary>Sets HOSTNAME.</summary>
    /// <param name="name">ASCII, at most 24 octets.</param>
    public void UseHost(byte[] name)
    {
        _host = name;
        MakeHead();
    }

    /// <summary>Sets PROCID, whose change marks a discontinuity (RFC 5424 section 6.2.6).</summary>
    /// <param name="boots">Starts of the box, this one included; 0: not known.</param>
    public void UseBoot(int boots)
    {
        _boot = boots;
        MakeHead();
    }

    /// <summary>Sets the enterprise number of the structured data.</summary>
    /// <param name="number">1 or more.</param>
    public void UseEnterprise(int number)
    {
        LineBuffer text = new LineBuffer(new Words(""), Pairs);
        text.PutOctet('@');
        text.PutNumber(number);
        text.PutOctet(' ');
        Enterprise = Copy(text);
    }

    /// <summary>The next message's sequenceId (RFC 5424 section 7.3.1).</summary>
    /// <returns>1 to 2,147,483,647, and then 1 again.</returns>
    public int NextSequence()
    {
        _sequence = _sequence == int.MaxValue ? 1 : _sequence + 1;
        return _sequence;
    }

    private void MakeHead()
    {
        LineBuffer text = new LineBuffer(new Words(""), Pairs);
        text.PutOctet(' ');
        text.Put(_host);
        text.Put(LineBuffer.Word(" tap "));
        if (_boot == 0)
        {
            text.PutOctet('-');
        }
        else
        {
            text.PutNumber(_boot);
        }

        text.PutOctet(' ');
        Head = Copy(text);
    }

    private byte[] Copy(LineBuffer text)
    {
        var octets = new byte[text.Length];
        Array.Copy(text.Bytes, 0, octets, 0, text.Length);
        return octets;
    }
}
