namespace Appliance.Imaging.Frames;

/// <summary>
/// What a host serves or asks for, as the ports that IANA registers for it say; DICOM and HL7 also by their own words. A kind is
/// a bit of an inventory's columns.
/// </summary>
public sealed class Service
{
    /// <summary>DICOM: acr-nema, dicom, dicom-iscl, dicom-tls, and Orthanc's port.</summary>
    public const int Dicom = 0;

    /// <summary>HL7 over MLLP.</summary>
    public const int Hl7 = 1;

    /// <summary>HTTP and HTTPS.</summary>
    public const int Web = 2;

    /// <summary>NetBIOS and SMB.</summary>
    public const int Smb = 3;

    /// <summary>Remote desktops of Windows.</summary>
    public const int Rdp = 4;

    /// <summary>Remote framebuffers.</summary>
    public const int Vnc = 5;

    /// <summary>Secure shell.</summary>
    public const int Ssh = 6;

    /// <summary>Logins in the clear.</summary>
    public const int Telnet = 7;

    /// <summary>File transfer.</summary>
    public const int Ftp = 8;

    /// <summary>LPD, IPP and raw printing.</summary>
    public const int Print = 9;

    /// <summary>SNMP.</summary>
    public const int Snmp = 10;

    /// <summary>Names.</summary>
    public const int Dns = 11;

    /// <summary>Addresses.</summary>
    public const int Dhcp = 12;

    /// <summary>SQL Server, Oracle, MySQL, PostgreSQL.</summary>
    public const int Database = 13;

    /// <summary>Kerberos and LDAP.</summary>
    public const int Directory = 14;

    /// <summary>Anything else.</summary>
    public const int Other = 15;

    /// <summary>How many there are.</summary>
    public const int Count = 16;

    // Which port stands at which place: chosen so that no two of them share one, as a test holds.
    private const int Places = 128;
    private const int Factor = 169;
    private const int Shift = 4;

    // Each port, and its kind.
    private static readonly ushort[] Registered =
    {
        104, Dicom, 11112, Dicom, 2761, Dicom, 2762, Dicom, 4242, Dicom, 2575, Hl7, 80, Web, 443, Web, 8080, Web, 8443, Web, 8000, Web,
        139, Smb, 445, Smb, 137, Smb, 138, Smb, 3389, Rdp, 5900, Vnc, 5901, Vnc, 5902, Vnc, 5903, Vnc, 22, Ssh, 23, Telnet, 20, Ftp,
        21, Ftp, 515, Print, 631, Print, 9100, Print, 161, Snmp, 53, Dns, 67, Dhcp, 1433, Database, 1434, Database, 1521, Database,
        3306, Database, 5432, Database, 88, Directory, 389, Directory, 636, Directory, 3268, Directory,
    };

    private readonly ushort[] _ports = new ushort[Places];
    private readonly byte[] _kinds = new byte[Places];

    /// <summary>Fills its table.</summary>
    public Service()
    {
        // Port 0, which is nobody's, stands at each place that is free.
        for (int place = 0; place < Places; place++)
        {
            _kinds[place] = Other;
        }

        for (int i = 0; i < Registered.Length; i += 2)
        {
            int place = ((Registered[i] * Factor) >> Shift) & (Places - 1);
            _ports[place] = Registered[i];
            _kinds[place] = (byte)Registered[i + 1];
        }
    }

    /// <summary>Which kind of service a port is.</summary>
    /// <param name="port">0 to 65535.</param>
    /// <returns>A constant of this class.</returns>
    public int Of(int port)
    {
        int place = ((port * Factor) >> Shift) & (Places - 1);
        return _ports[place] == port ? _kinds[place] : Other;
    }

    /// <summary>The ports that are known, each with its kind behind it.</summary>
    public static ushort[] Known()
    {
        return Registered;
    }
}
