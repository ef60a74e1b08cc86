using System.Text;

namespace Appliance.Traffic;

/// <summary>Protocol data units of the DICOM upper layer (PS3.8, 9.3), as far as a tap sees them.</summary>
public static class Dicom
{
    /// <summary>DICOM's registered port.</summary>
    public const int Port = 104;

    /// <summary>An A-ASSOCIATE-RQ: version 1, both titles, an application context.</summary>
    /// <param name="called">Called AE title, at most 16 characters.</param>
    /// <param name="calling">Calling AE title.</param>
    /// <param name="octet43">The first reserved octet behind the titles, 0 in the standard; nmap's scripts write 0x30.</param>
    /// <param name="length">Octets of the PDU behind its length field.</param>
    public static byte[] Request(string called, string calling, byte octet43 = 0, int length = 200) =>
        Associate(1, called, calling, octet43, length);

    /// <summary>An A-ASSOCIATE-AC, which repeats both titles.</summary>
    /// <param name="called">Called AE title.</param>
    /// <param name="calling">Calling AE title.</param>
    /// <param name="length">Octets of the PDU behind its length field.</param>
    public static byte[] Accept(string called, string calling, int length = 150) => Associate(2, called, calling, 0, length);

    /// <summary>An A-ASSOCIATE-RJ.</summary>
    /// <param name="reason">7: the called title is not known, 3: the calling one is not.</param>
    /// <param name="result">1 for ever, 2 for now.</param>
    /// <param name="source">1: the user of the service.</param>
    public static byte[] Reject(int reason = 7, int result = 1, int source = 1) =>
        new Octets().U8(3).U8(0).U32(4).U8(0).U8(result).U8(source).U8(reason).ToArray();

    /// <summary>An A-ABORT.</summary>
    /// <param name="source">0: the user of the service, 2: its provider.</param>
    /// <param name="reason">The provider's reason.</param>
    public static byte[] Abort(int source = 0, int reason = 0) =>
        new Octets().U8(7).U8(0).U32(4).U16(0).U8(source).U8(reason).ToArray();

    private static byte[] Associate(int type, string called, string calling, byte octet43, int length) =>
        new Octets().U8(type).U8(0).U32(length).U16(1).U16(0).Add(Encoding.Latin1.GetBytes(called.PadRight(16)))
            .Add(Encoding.Latin1.GetBytes(calling.PadRight(16))).U8(octet43).PadTo(length + 6).ToArray();
}
