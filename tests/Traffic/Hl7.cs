using System.Text;

namespace Appliance.Traffic;

/// <summary>Messages of HL7 v2 over MLLP.</summary>
public static class Hl7
{
    /// <summary>MLLP's registered port.</summary>
    public const int Port = 2575;

    /// <summary>A message in its block (MLLP R2): 0B, the segments, 1C 0D.</summary>
    /// <param name="sender">MSH-3, the sending application.</param>
    /// <param name="senderFacility">MSH-4.</param>
    /// <param name="receiver">MSH-5, the receiving application.</param>
    /// <param name="receiverFacility">MSH-6.</param>
    /// <param name="rest">What stands behind the field separator of MSH-6.</param>
    public static byte[] Message(string sender, string senderFacility, string receiver, string receiverFacility,
        string rest = "20001224||ORU^R01|1|P|2.3\rPID|||4711||DOE^JANE\r") =>
        Encoding.Latin1.GetBytes($"\u000bMSH|^~\\&|{sender}|{senderFacility}|{receiver}|{receiverFacility}|{rest}\u001c\r");
}
