using System.IO;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace System.Net
{
    public abstract class EndPoint
    {
    }

    public class IPAddress
    {
        public IPAddress(byte[] newAddressBytes) => throw null;

        public AddressFamily AddressFamily => throw null;
    }

    public class IPEndPoint : EndPoint
    {
        public IPEndPoint(IPAddress address, int port) => throw null;
    }

    public class IPHostEntry
    {
        public IPAddress[] AddressList => throw null;
    }

    public static class Dns
    {
        public static IPHostEntry GetHostEntry(string hostNameOrAddress) => throw null;
    }
}

namespace System.Net.NetworkInformation
{
    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

    public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

    public class NetworkAvailabilityEventArgs : EventArgs
    {
        internal NetworkAvailabilityEventArgs() => throw null;

        public bool IsAvailable => throw null;
    }

    public static class NetworkChange
    {
        public static event NetworkAddressChangedEventHandler NetworkAddressChanged
        {
            add => throw null;
            remove => throw null;
        }

        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged
        {
            add => throw null;
            remove => throw null;
        }
    }

    public class NetworkInterface
    {
        private NetworkInterface() => throw null;

        public string IPv4Address => throw null;

        public NetworkInterfaceType NetworkInterfaceType => throw null;

        public byte[] PhysicalAddress => throw null;

        public static NetworkInterface[] GetAllNetworkInterfaces() => throw null;
    }
}

namespace System.Net.Security
{
    public enum SslProtocols
    {
        None = 0,
        Tls12 = 3072,
        Tls13 = 12288,
    }

    public enum SslVerification
    {
        NoVerification = 1,
        VerifyPeer = 2,
        CertificateRequired = 4,
        VerifyClientOnce = 8,
    }

    public class SslStream : NetworkStream
    {
        public SslStream(Socket socket)
            : base(socket) => throw null;

        public SslVerification SslVerification
        {
            set => throw null;
        }

        public void AuthenticateAsClient(
            string targetHost, X509Certificate cert, X509Certificate ca, SslProtocols enabledSslProtocols) => throw null;
    }
}

namespace System.Net.Sockets
{
    public enum AddressFamily
    {
        InterNetwork = 2,
        InterNetworkV6 = 23,
    }

    public enum ProtocolType
    {
        Tcp = 6,
        Udp = 17,
    }

    public enum SelectMode
    {
        SelectRead = 0,
        SelectWrite = 1,
        SelectError = 2,
    }

    public enum SocketFlags
    {
        None = 0,
    }

    public enum SocketOptionLevel
    {
        Socket = 65535,
    }

    public enum SocketOptionName
    {
        ReceiveTimeout = 4102,
    }

    public enum SocketType
    {
        Stream = 1,
        Dgram = 2,
    }

    public class Socket
    {
        public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType) => throw null;

        public int ReceiveTimeout
        {
            set => throw null;
        }

        public int SendTimeout
        {
            set => throw null;
        }

        public void Close() => throw null;

        public void Connect(EndPoint remoteEP) => throw null;

        public bool Poll(int microSeconds, SelectMode mode) => throw null;

        public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags) => throw null;

        public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags) => throw null;

        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] optionValue) => throw null;
    }

    public class NetworkStream : Stream
    {
        public NetworkStream(Socket socket) => throw null;

        public override long Length => throw null;

        public override int Read(byte[] buffer, int offset, int count) => throw null;

        public override long Seek(long offset, SeekOrigin origin) => throw null;

        public override void Write(byte[] buffer, int offset, int count) => throw null;
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        public X509Certificate(byte[] certificate) => throw null;
    }
}
